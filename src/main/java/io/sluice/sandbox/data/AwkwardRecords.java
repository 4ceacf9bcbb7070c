package io.sluice.sandbox.data;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.FieldType.Text;
import io.sluice.catalog.FieldType.Timestamp;
import io.sluice.catalog.FieldType.Whole;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Rule.Expression.Syntax;
import io.sluice.catalog.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Records that the API may well hold and that clients trip over, made from the catalogue: awkward
 * texts in every free text, and awkward shapes wherever the resource has the fields for them.
 */
public final class AwkwardRecords {
  /** Raw JSON strings, without their quotes: the escapes are part of the matter. */
  private static final List<String> TEXTS =
      List.of(
          "Zo\u00eb Br\u00f6nn\u00e9, \u4e2d\u6587, \ud83e\udd8a\ud83d\udc69\u200d\ud83d\udcbb",
          "\\u005a\\u006F\\u00eb \\ud83e\\udd8a escaped",
          "say \\\"hi\\\", then 'bye'",
          "one,two;three|four",
          "line one\\nline two\\r\\nline three\\n",
          "tab\\there",
          "C:\\\\temp\\\\new",
          "</script><script>alert(1)<\\/script>",
          "  blanks around  ",
          "=1+1",
          "=HYPERLINK(\\\"http://example.com\\\",\\\"x\\\")",
          "+49 30 123",
          "-1",
          "@SUM(A1:A2)",
          "'quoted",
          "\\\\N",
          "null",
          "TRUE",
          "00012",
          "1e5",
          "[]",
          "{\\\"a\\\":1}",
          "a;b",
          "\\u001b[31mred\\u001b[0m \\u0007 \\u202etfel ot thgir\\u202c",
          "\\ufeffmark first",
          "e\u0301 is not \u00e9",
          "one\u2028two",
          "# no comment",
          "Q".repeat(1024));

  private static final List<String> REGEXES =
      List.of(
          "^[a-z]+\\\\d{2,3}@example\\\\.com$",
          "(?i).*\\\"invoice\\\".*",
          "(a|b);[c,d]{1,2}@example\\\\.org",
          " \\\\s+leading@example\\\\.net ");

  private static final List<String> CONTENT_REGEXES =
      List.of("^urgent\\\\s+[a-z]{2,10}$", "[^0-9]+|in?voice\\\\b", "say \\\"hi\\\";");

  private final Resource resource;
  private final IdGenerator ids;
  private final List<Consumer<RawObject>> changes = new ArrayList<>();

  private AwkwardRecords(Resource resource, IdGenerator ids) {
    this.resource = resource;
    this.ids = ids;
  }

  /** The awkward records of a resource; their ids come from {@code ids}. */
  public static List<Row> of(Resource resource, IdGenerator ids) {
    AwkwardRecords awkward = new AwkwardRecords(resource, ids);
    awkward.texts();
    awkward.shapes();
    resource.fields().forEach(awkward::values);
    resource.rules().forEach(awkward::patterns);
    return awkward.rows();
  }

  private void texts() {
    List<Field> free =
        resource.fields().stream()
            .filter(field -> field.type() instanceof Text && field.writable())
            .filter(field -> !field.is(Trait.ACCOUNT_BOUND) && !resource.isPattern(field.path()))
            .toList();
    for (String text : TEXTS) {
      changes.add(
          record -> free.forEach(field -> record.withRaw(field.path(), fitting(field, text))));
    }
  }

  /** The longest of the texts is as long as a field can hold. */
  private static String fitting(Field field, String text) {
    int most = ((Text) field.type()).max();
    return quoted(text.length() > most ? text.substring(0, most) : text);
  }

  private void shapes() {
    changes.add(
        record -> {
          List<Field> optional =
              resource.fields().stream()
                  .filter(field -> !List.of("id", "created_at").contains(field.path()))
                  .filter(field -> !field.is(Trait.REQUIRED))
                  .filter(field -> !resource.key().contains(field.path()))
                  .toList();
          optional.forEach(field -> record.without(field.path().split("\\.", -1)[0]));
        });
    if (resource.field("last_modified").isPresent()) {
      changes.add(record -> record.without("last_modified"));
    }
    changes.add(record -> record.withRaw("id", "4711"));
    changes.add(
        record ->
            record.withRaw(
                "created_at", quoted(record.textOr("created_at", "").replace("Z", ".12345Z"))));
    changes.add(
        record ->
            record
                .withRaw("x_number", "12345678901234567890.10")
                .withRaw("x_huge", "1e400")
                .withRaw("x_precise", "0.10000000000000000555"));
    changes.add(
        record ->
            record
                .withRaw("x_future", "{\"list\":[1,{\"a\":null},\"\\u0062;c\"],\"on\":true}")
                .withRaw("x \"odd\", name", "\"\"")
                .withRaw("_x", "[]"));
    List<Field> nullable =
        resource.fields().stream()
            .filter(field -> field.is(Trait.NULL_READ) && !field.path().contains("."))
            .toList();
    if (!nullable.isEmpty()) {
      changes.add(record -> nullable.forEach(field -> record.withRaw(field.path(), "null")));
    }
    List<Field> deprecated =
        resource.fields().stream().filter(field -> field.is(Trait.DEPRECATED)).toList();
    if (!deprecated.isEmpty()) {
      changes.add(record -> deprecated.forEach(field -> record.withRaw(field.path(), "true")));
      changes.add(
          record ->
              deprecated.forEach(
                  field ->
                      record
                          .without(String.valueOf(field.successor()))
                          .withRaw(field.path(), "true")));
    }
  }

  private void values(Field field) {
    String name = field.path();
    if (name.contains(".") || field.type() instanceof Timestamp) {
      return;
    } else if (field.type() instanceof Text && field.nullable()) {
      changes.add(record -> record.withRaw(name, "\"\""));
      changes.add(record -> record.without(name));
    } else if (field.type() instanceof Whole whole) {
      changes.add(record -> record.withRaw(name, whole.min() > 0 ? "0" : "9007199254740993"));
    } else if (field.type() instanceof Choice choice && !choice.readable().isEmpty()) {
      changes.add(record -> record.withRaw(name, quoted(choice.readable().get(0))));
    } else if (field.type() instanceof Choice choice && field.is(Trait.READ_ONLY)) {
      String upper = choice.values().get(0).toUpperCase(Locale.ROOT);
      changes.add(record -> record.withRaw(name, quoted(upper)));
      changes.add(record -> record.withRaw(name, "\"of_the_future\""));
    } else if (field.type() instanceof Many many) {
      if (!field.is(Trait.REQUIRED)) {
        changes.add(record -> record.withRaw(name, "[]"));
        changes.add(record -> record.withRaw(name, "[\"NEW;MODE\",\"a \\\"b\\\", c\"]"));
      }
      if (many.of() instanceof Choice choice) {
        changes.add(
            record ->
                record.withRaw(
                    name,
                    choice.values().stream()
                        .map(AwkwardRecords::quoted)
                        .collect(Collectors.joining(",", "[", "]"))));
      }
    }
  }

  private void patterns(Rule rule) {
    if (rule instanceof Rule.Pattern pattern) {
      for (String regex : REGEXES) {
        changes.add(
            record ->
                record
                    .withRaw(pattern.field(), quoted(regex))
                    .withRaw(String.valueOf(pattern.regexField()), "true"));
      }
      String typeField = pattern.typeField();
      if (typeField != null) {
        typed(pattern.field(), typeField);
      }
    } else if (rule instanceof Rule.Expression expression) {
      for (String regex : expression.syntax() == Syntax.URL ? REGEXES : CONTENT_REGEXES) {
        changes.add(record -> record.withRaw(expression.field(), quoted(regex)));
      }
    } else if (rule instanceof Rule.KeptElsewhere kept
        && resource.field(kept.field()).map(Field::type).orElse(null) instanceof Choice owners) {
      for (String owner : owners.values()) {
        changes.add(record -> record.withRaw(kept.field(), quoted(owner)));
      }
      changes.add(record -> record.without(kept.field()));
    }
  }

  private void typed(String field, String typeField) {
    List<List<String>> spellings =
        List.of(
            List.of("DOMAIN", "B\u00fccher.example"),
            List.of("DOMAIN", "xn--mnchen-3ya.example"),
            List.of("DOMAIN", "MiXed.Example.COM"),
            List.of("EMAIL", "j\u00fcrgen+tag@m\u00fcnchen.example"),
            List.of("EMAIL", "\\\"odd, name\\\"@example.com"),
            List.of("IP", "198.51.100.7/32"),
            List.of("IP", "2001:0DB8:0:0::1"));
    for (List<String> spelling : spellings) {
      changes.add(
          record ->
              record
                  .withRaw(typeField, quoted(spelling.get(0)))
                  .withRaw(field, quoted(spelling.get(1))));
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<Consumer<RawObject>> left = new ArrayList<>(changes);
    new Seed(resource, ids, 0)
        .rows(
            changes.size(),
            plain -> {
              RawObject record = RawObject.of(plain.bytes());
              left.remove(0).accept(record);
              rows.add(Row.of(resource, record.bytes()));
            });
    return rows;
  }

  private static String quoted(String raw) {
    return '"' + raw + '"';
  }
}
