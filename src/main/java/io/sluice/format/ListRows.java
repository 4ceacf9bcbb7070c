package io.sluice.format;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.format.text.TextInput;
import io.sluice.format.text.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a plain list: one pattern a line. A line that begins with {@code #} is a comment, and
 * so is what follows a blank and a {@code #}.
 */
final class ListRows implements Rows {
  private final String field;
  private final TextLines lines;
  private long rows;

  private ListRows(String field, TextLines lines) {
    this.field = field;
    this.lines = lines;
  }

  /**
   * @throws InputException if one text is not enough to tell a record of that resource
   */
  static ListRows begin(Resource resource, InputOptions options, TextInput in)
      throws InputException {
    List<String> texts =
        resource.fields().stream()
            .filter(field -> resource.key().contains(field.path()))
            .filter(field -> !(field.type() instanceof FieldType.Choice))
            .map(Field::path)
            .toList();
    if (texts.size() != 1) {
      throw new InputException(
          0,
          resource.slug()
              + " cannot be read from a plain list, since each row needs "
              + String.join(" and ", texts)
              + "; use a CSV file with these columns");
    }
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.Expression expression && !texts.contains(expression.field())) {
        throw new InputException(
            0,
            resource.slug()
                + " cannot be read from a plain list: its lines would be the "
                + texts.get(0)
                + " of each record, not its "
                + expression.field()
                + "; use a CSV file with both");
      }
    }
    if (!options.mapping().isEmpty()) {
      throw new InputException(
          0, "a plain list has no columns for " + options.names().of("map") + " to name");
    }
    return new ListRows(texts.get(0), new TextLines(in));
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    String line = lines.next();
    while (line != null && pattern(line).isEmpty()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    rows++;
    String pattern = pattern(line);
    List<InputFault> faults = new ArrayList<>(0);
    if (pattern.indexOf('\0') >= 0) {
      faults.add(InputFault.of(lines.line(), field, pattern, "a NUL character: take it out"));
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode().put(field, pattern);
    return new InputRow(rows, lines.line(), record, faults, new RowSource.Line(line));
  }

  private static String pattern(String line) {
    int end = line.length();
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
        end = i;
        break;
      }
    }
    return line.substring(0, end).strip();
  }
}
