package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Lays one JSON record out over the columns of its resource. What has no column, or is of another
 * type than its column, is kept as it is in one JSON object of extras.
 */
final class RecordCells {
  private static final byte[] COMMA = {','};
  private static final byte[] NOTHING = {};

  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> parents = new HashSet<>();
  private final List<Field> fields;
  private final @Nullable String[] cells;
  private final ByteArrayOutputStream extra = new ByteArrayOutputStream();

  RecordCells(Resource resource) {
    this.fields = resource.fields();
    this.cells = new String[fields.size()];
    for (int i = 0; i < fields.size(); i++) {
      String path = fields.get(i).path();
      columns.put(path, i);
      int dot = path.indexOf('.');
      if (dot > 0) {
        parents.add(path.substring(0, dot));
      }
    }
  }

  /** Takes the compact record in {@code [from, to)} apart; what was there before is gone. */
  void read(byte[] bytes, int from, int to) {
    Arrays.fill(cells, null);
    extra.reset();
    try (JsonParser parser =
        RecordJson.PARSERS.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      parser.nextToken();
      properties(parser, bytes, from, "");
    }
  }

  /** The cell of column {@code i}; null if nothing is given. */
  @Nullable String cell(int i) {
    return cells[i];
  }

  /** Everything without a column, as a JSON object; null if there is nothing. */
  @Nullable String extra() {
    return extra.size() == 0 ? null : "{" + extra.toString(StandardCharsets.UTF_8) + "}";
  }

  /** Reads an object's properties; returns the leftovers of a nested one into the extras. */
  private void properties(JsonParser parser, byte[] bytes, int base, String prefix) {
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      int start = base + (int) parser.currentTokenLocation().getByteOffset();
      JsonToken token = parser.nextToken();
      Integer column = name.indexOf('.') < 0 ? columns.get(prefix + name) : null;
      boolean parent = prefix.isEmpty() && parents.contains(name);
      if (parent && token == JsonToken.START_OBJECT) {
        properties(parser, bytes, base, name + ".");
      } else if (!isNull(token, parent || column != null)
          && !(column != null && fill(column, parser, token, bytes, base))) {
        parser.skipChildren();
        parser.finishToken();
        left.writeBytes(left.size() > 0 ? COMMA : NOTHING);
        left.write(bytes, start, base + (int) parser.currentLocation().getByteOffset() - start);
      }
    }
    keep(left, prefix);
  }

  /** A null where the catalogue has a column leaves the column empty. */
  private static boolean isNull(JsonToken token, boolean known) {
    return known && token == JsonToken.VALUE_NULL;
  }

  private void keep(ByteArrayOutputStream left, String prefix) {
    if (left.size() == 0) {
      return;
    }
    extra.writeBytes(extra.size() > 0 ? COMMA : NOTHING);
    if (prefix.isEmpty()) {
      extra.writeBytes(left.toByteArray());
    } else {
      String parent = "\"" + prefix.substring(0, prefix.length() - 1) + "\":{";
      extra.writeBytes(parent.getBytes(StandardCharsets.UTF_8));
      extra.writeBytes(left.toByteArray());
      extra.write('}');
    }
  }

  /** Fills a column; false if the value is not of the column's type. Leaves arrays consumed. */
  private boolean fill(int column, JsonParser parser, JsonToken token, byte[] bytes, int base) {
    FieldType type = fields.get(column).type();
    if (type instanceof FieldType.Flag) {
      return token.isBoolean() && set(column, parser.getString());
    } else if (type instanceof FieldType.Whole) {
      return token.isNumeric() && set(column, parser.getString());
    } else if (type instanceof FieldType.Many) {
      return token == JsonToken.START_ARRAY && list(column, parser, bytes, base);
    } else if (type instanceof FieldType.Identifier && token == JsonToken.VALUE_NUMBER_INT) {
      return set(column, parser.getString());
    }
    return token == JsonToken.VALUE_STRING && text(column, parser.getString());
  }

  private boolean set(int column, String cell) {
    cells[column] = cell;
    return true;
  }

  private boolean text(int column, String value) {
    return CsvCells.canHold(value) && set(column, CsvCells.text(value));
  }

  /** Joins the items where that is unambiguous; else the array stays as the API wrote it. */
  private boolean list(int column, JsonParser parser, byte[] bytes, int base) {
    int start = base + (int) parser.currentTokenLocation().getByteOffset();
    List<String> items = new ArrayList<>();
    boolean plain = true;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token == JsonToken.VALUE_STRING && CsvCells.canHold(parser.getString())) {
        items.add(parser.getString());
      } else {
        plain = false;
        parser.skipChildren();
      }
    }
    String joined = plain ? CsvCells.joined(items) : null;
    int length = base + (int) parser.currentLocation().getByteOffset() - start;
    return set(
        column, joined == null ? new String(bytes, start, length, StandardCharsets.UTF_8) : joined);
  }
}
