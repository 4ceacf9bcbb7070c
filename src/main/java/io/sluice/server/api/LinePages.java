package io.sluice.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.text.LineReader;
import io.sluice.server.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Pages of a file of lines of JSON, from any line on. An unfinished last line is left out. */
final class LinePages {
  private static final int LONGEST = 8 << 20;

  /** How far one page looks for lines that are wanted, in bytes. */
  private static final long FARTHEST = 16L << 20;

  private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");

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
    if (file.isEmpty() && from == 0) {
      return new ItemPage(List.of(), null);
    } else if (file.isEmpty() || !LineReader.begins(file.get(), from)) {
      throw RowPages.badCursor();
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
      throw RowPages.badCursor();
    }
  }

  private static long offset(@Nullable String after) {
    if (after == null) {
      return 0;
    } else if (!OFFSET.matcher(after).matches()) {
      throw RowPages.badCursor();
    }
    return Long.parseLong(after);
  }
}
