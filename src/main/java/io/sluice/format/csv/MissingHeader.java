package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says how to read a CSV file without a header: with a field for each column, proposed from the
 * values of the column.
 */
final class MissingHeader {
  private final Resource resource;
  private final CsvHeader header;
  private final HeaderDetector detector;
  private final OptionNames names;

  private MissingHeader(
      Resource resource, OptionNames names, CsvHeader header, HeaderDetector detector) {
    this.resource = resource;
    this.names = names;
    this.header = header;
    this.detector = detector;
  }

  /**
   * Refuses a first row that is data.
   *
   * @param options how the file is read; whoever says what columns mean knows that they have names
   * @throws InputException saying how such a file is read
   */
  static void refuse(Resource resource, InputOptions options, CsvHeader header, Head head)
      throws InputException {
    HeaderDetector detector = new HeaderDetector(resource, header, head);
    List<Integer> data = detector.dataColumns(!options.mapping().isEmpty());
    if (!data.isEmpty()) {
      throw new InputException(
          header.line(),
          new MissingHeader(resource, options.names(), header, detector).advice(data));
    }
  }

  private String advice(List<Integer> data) {
    String fields =
        resource.fields().stream()
            .map(Field::path)
            .filter(resource.key()::contains)
            .collect(Collectors.joining(","));
    return "the first row, "
        + Excerpt.quoted(header.names())
        + ", looks like data, not like a header; read a file without one with "
        + options(data)
        + (header.names().size() == 1 ? ", or with " + names.with("format", "list") : "")
        + ", or put one above the data: a header row of field names, such as '"
        + fields
        + "'; if these are the names of the columns, say "
        + names.switched("header", true);
  }

  /** A field for the first such column, and for those whose values are all of one choice. */
  private String options(List<Integer> data) {
    String pattern = PatternLooks.of(resource).field();
    List<String> options = new ArrayList<>(List.of(names.switched("header", false)));
    Set<String> used = new HashSet<>();
    for (int i = 0; i < header.names().size(); i++) {
      String field = pattern != null && i == data.get(0) ? pattern : choice(i);
      options.add(names.map(String.valueOf(i + 1), used.add(field) ? field : ""));
    }
    return String.join(names.joiner(), options);
  }

  private String choice(int column) {
    List<String> values = new ArrayList<>(detector.values(column));
    values.add(header.names().get(column));
    if (values.stream().allMatch(HeaderDetector::isFlag)) {
      return flag();
    }
    Optional<Field> comment = resource.comment();
    boolean prose = values.stream().anyMatch(value -> value.strip().indexOf(' ') > 0);
    return resource.fields().stream()
        .filter(Field::writable)
        .filter(field -> values.stream().allMatch(value -> isChoice(field, value)))
        .map(Field::path)
        .findFirst()
        .orElse(prose ? comment.map(Field::path).orElse("") : "");
  }

  /** The one field that is true or false; where there are several, a word to put one in. */
  private String flag() {
    List<Field> flags =
        resource.fields().stream()
            .filter(field -> field.writable() && field.type() instanceof FieldType.Flag)
            .toList();
    return flags.size() == 1 ? flags.get(0).path() : "FIELD";
  }

  private static boolean isChoice(Field field, String value) {
    return field.type() instanceof FieldType.Choice choice && choice.has(value.strip());
  }
}
