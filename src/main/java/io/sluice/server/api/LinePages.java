package io.sluice.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.text.LineReader;
import io.sluice.server.http.Json;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Pages of a file of lines of JSON, from any line on. An unfinished last line is left out. */
final class LinePages {
  private static final int LONGEST = 8 << 20;

  /** How far one page looks for lines that are wanted, in bytes. */
  private static final long FARTHEST = 16L << 20;

  private LinePages() {}

  /**
   * Reads a page, which ends at the end of what is there now. It may have fewer lines than the
   * limit though more follow, where few are wanted. Blocking.
   *
   * @param after what the page before named as the next; null for the first
   */
  static ItemPage read(
      Optional<Path> file, @Nullable String after, Predicate<JsonNode> wanted, int limit)
      throws IOException {
    long from = offset(after);
    if (file.isEmpty()) {
      return new ItemPage(List.of(), null);
    }
    List<JsonNode> items = new ArrayList<>();
    try (LineReader lines = LineReader.of(file.get(), from, LONGEST)) {
      while (items.size() < limit && lines.after() - from < FARTHEST) {
        if (!lines.nextEnded()) {
          return new ItemPage(items, null);
        }
        int length = lines.end() - lines.start();
        JsonNode item = Json.tree(new String(lines.buffer(), lines.start(), length, UTF_8));
        if (wanted.test(item)) {
          items.add(item);
        }
      }
      long done = lines.after();
      return new ItemPage(items, done < Files.size(file.get()) ? Long.toString(done) : null);
    } catch (JacksonException inTheMiddle) {
      throw badCursor();
    }
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
