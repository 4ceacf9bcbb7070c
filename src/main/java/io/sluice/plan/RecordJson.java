package io.sluice.plan;

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
 * Reads records as generously as what reads the API's answers: what was listed can be read again.
 */
public final class RecordJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(2_000)
                          .maxNumberLength(100_000)
                          .maxNameLength(1 << 20)
                          .maxStringLength(64 << 20)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private RecordJson() {}

  /**
   * The record that the text is.
   *
   * @throws IOException if it is no JSON object
   */
  public static ObjectNode parse(String text) throws IOException {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode record) {
        return record;
      }
    } catch (JacksonException malformed) {
      throw new IOException("a record cannot be read", malformed);
    }
    throw new IOException("a record is no JSON object");
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
      JsonNode value = MAPPER.readTree(bytes, from, to - from);
      if (value instanceof ObjectNode record) {
        return record;
      }
    } catch (JacksonException malformed) {
      cause = malformed;
    }
    throw new IOException("record " + number + " of the listing cannot be read", cause);
  }
}
