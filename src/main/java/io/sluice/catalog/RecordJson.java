package io.sluice.catalog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads records as JSON, generously: an answer is bounded in bytes anyway, and what was listed can
 * be read again from wherever it was put.
 */
public final class RecordJson {
  /** Parsers of records; nesting costs stack when it is read. */
  public static final JsonFactory PARSERS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2_000)
                  .maxNumberLength(100_000)
                  .maxNameLength(1 << 20)
                  .maxStringLength(64 << 20)
                  .build())
          .build();

  /** A holder of its own: an export needs no trees, and the mapper takes long to load. */
  private static final class Trees {
    static final JsonMapper MAPPER =
        JsonMapper.builder(PARSERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }

  private RecordJson() {}

  /** Takes one record after the other. */
  @FunctionalInterface
  public interface Lines {
    /** The record of the bytes in {@code [from, to)}, with the newline that ends it. */
    void line(int from, int to) throws IOException;
  }

  /** Hands on where each of the records in {@code bytes[from, to)} is; a newline ends each. */
  public static void lines(byte[] bytes, int from, int to, Lines each) throws IOException {
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, to);
      each.line(start, end);
      start = end;
    }
  }

  /**
   * The record in {@code bytes[from, to)}.
   *
   * @param number which of the listing it is, from 1, for the message
   * @throws IOException if it is no JSON object
   */
  public static ObjectNode parse(byte[] bytes, int from, int to, long number) throws IOException {
    @Nullable JacksonException cause = null;
    try {
      JsonNode value = Trees.MAPPER.readTree(bytes, from, to - from);
      if (value instanceof ObjectNode record) {
        return record;
      }
    } catch (JacksonException malformed) {
      cause = malformed;
    }
    throw new IOException("record " + number + " of the listing cannot be read", cause);
  }

  /** The record in {@code bytes[from, to)}, which is known to hold one. */
  public static ObjectNode record(byte[] bytes, int from, int to) {
    return (ObjectNode) Trees.MAPPER.readTree(bytes, from, to - from);
  }

  /** The JSON object that a text holds; null if it holds something else. */
  public static @Nullable ObjectNode object(String text) {
    try {
      return Trees.MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JacksonException somethingElse) {
      return null;
    }
  }
}
