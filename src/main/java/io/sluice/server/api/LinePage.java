package io.sluice.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.server.http.Json;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Some lines of a file of JSON, from any line on. An unfinished last line is not told.
 *
 * @param next where the next page begins; null at the end of what is there now
 */
record LinePage(List<JsonNode> items, @Nullable String next) {
  private static final int LONGEST = 8 << 20;

  /** How far one page looks for lines that are wanted, in bytes. */
  private static final long FARTHEST = 16L << 20;

  /**
   * Reads a page. It may have fewer lines than the limit though more follow, where few are wanted.
   * Blocking.
   *
   * @param after what the page before named as the next; null for the first
   */
  static LinePage read(
      Optional<Path> file, @Nullable String after, Predicate<JsonNode> wanted, int limit)
      throws IOException {
    long from = offset(after);
    if (file.isEmpty()) {
      return new LinePage(List.of(), null);
    }
    List<JsonNode> items = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.READ);
        InputStream in =
            new BufferedInputStream(Channels.newInputStream(channel.position(from)), 1 << 16)) {
      long done = from;
      while (items.size() < limit && done - from < FARTHEST) {
        byte[] line = line(in);
        if (line.length == 0) {
          return new LinePage(items, null);
        }
        done += line.length;
        JsonNode item = Json.tree(new String(line, UTF_8));
        if (wanted.test(item)) {
          items.add(item);
        }
      }
      return new LinePage(items, done < channel.size() ? Long.toString(done) : null);
    } catch (JacksonException inTheMiddle) {
      throw badCursor();
    }
  }

  /** A line with its end; nothing if there is no complete one. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n') {
        return line.toByteArray();
      } else if (line.size() > LONGEST) {
        throw new IOException("a line is longer than " + LONGEST + " bytes");
      }
    }
    return new byte[0];
  }

  private static long offset(@Nullable String after) {
    try {
      long offset = after == null ? 0 : Long.parseLong(after);
      if (offset >= 0) {
        return offset;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw badCursor();
  }

  private static ProblemException badCursor() {
    return Problem.of(400, "bad_parameter", "'after' is what an earlier page named as next")
        .exception();
  }
}
