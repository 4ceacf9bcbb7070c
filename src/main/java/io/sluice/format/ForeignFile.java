package io.sluice.format;

import io.sluice.catalog.Resource;
import io.sluice.format.csv.Delimited;
import io.sluice.format.json.JsonKind;
import io.sluice.format.json.StrictJson;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises files that are no rows of a resource, or rows of another format than they are read in,
 * by how they begin. Nothing is guessed from that: such a file is refused, with what to do.
 */
public final class ForeignFile {
  private static final Pattern JSON_ROWS =
      Pattern.compile(
          "\\s*(\\[\\s*)?(\\{\\s*[\"}]|\"(\\\\.|[^\"\\\\])*\"\\s*[,\\]]).*", Pattern.DOTALL);
  private static final int LINES = 50;

  private ForeignFile() {}

  /**
   * Looks at the beginning of a file.
   *
   * @throws InputException if it is another kind of file
   */
  public static void refuse(Resource resource, InputFormat format, OptionNames names, Head head)
      throws InputException {
    String refusal = TextKind.refusal(head, names);
    if (refusal == null) {
      refusal = JsonKind.refusal(resource, head, names);
    }
    if (refusal == null) {
      refusal =
          switch (format) {
            case CSV -> null;
            case JSONL -> insteadOfJson(resource, head, names);
            case LIST -> insteadOfList(resource, head, names);
          };
    }
    if (refusal != null) {
      throw new InputException(1, refusal);
    }
  }

  /** Null as well if a later line may be an object: then the others are faults of their rows. */
  private static @Nullable String insteadOfJson(Resource resource, Head head, OptionNames names) {
    List<String> lines = head.lines(LINES);
    boolean json =
        lines.stream()
            .map(String::strip)
            .anyMatch(
                line ->
                    line.startsWith("{") || line.startsWith("[") || StrictJson.value(line) != null);
    if (lines.isEmpty() || json) {
      return null;
    }
    String first = lines.get(0).strip();
    boolean csv = Delimited.delimiter(first) != null || Delimited.namesField(resource, first);
    return "this is not JSON: it begins with '"
        + Excerpt.of(first, 60)
        + (csv
            ? "'; if it is CSV, read it with " + names.with("format", "csv")
            : "'; a plain list with one pattern a line is read with "
                + names.with("format", "list"));
  }

  private static @Nullable String insteadOfList(Resource resource, Head head, OptionNames names) {
    if (JSON_ROWS.matcher(head.text()).matches()) {
      return "this looks like JSON, not like a plain list; read it with "
          + names.with("format", "jsonl");
    }
    List<String> lines =
        head.lines(LINES).stream().filter(line -> !line.strip().startsWith("#")).toList();
    if (lines.isEmpty()) {
      return null;
    }
    String first = lines.get(0);
    if (Delimited.namesField(resource, first)) {
      return "the first line, '"
          + Excerpt.of(first, 60)
          + "', is a header of field names, which a plain list does not have; read the file with "
          + names.with("format", "csv");
    }
    PatternLooks looks = PatternLooks.of(resource);
    boolean parted =
        lines.stream()
            .allMatch(
                line -> Delimited.cells(line).size() > 1 && looks.anyFits(Delimited.cells(line)));
    return parted
        ? "every line holds several values, such as '"
            + Excerpt.of(first, 60)
            + "', where a plain list has one pattern a line; put a header row of field names above"
            + " them and read the file with "
            + names.with("format", "csv")
        : null;
  }
}
