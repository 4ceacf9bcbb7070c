package io.sluice.format;

import static java.util.Objects.requireNonNull;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads CSV back by the documented rules alone, to test the writer against them. */
public final class CsvOracle {
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  /** Tells an empty cell from "", which takes both settings. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setNullString("").setQuoteMode(QuoteMode.ALL_NON_NULL).get();

  private CsvOracle() {}

  public static List<CSVRecord> rows(String csv) throws IOException {
    try (CSVParser parser =
        CSVParser.builder().setReader(new StringReader(csv)).setFormat(FORMAT).get()) {
      return parser.getRecords();
    }
  }

  /** The records of a whole file. */
  public static List<ObjectNode> records(Resource resource, String csv) throws IOException {
    List<CSVRecord> rows = rows(csv);
    List<String> header = rows.get(0).toList();
    boolean marked = header.contains("_excel_safe");
    List<ObjectNode> records = new ArrayList<>();
    for (CSVRecord row : rows.subList(1, rows.size())) {
      ObjectNode record = JSON.createObjectNode();
      for (int i = 0; i < header.size(); i++) {
        String cell = row.get(i);
        boolean quote = marked && cell != null && cell.startsWith("'");
        place(resource, record, header.get(i), quote ? cell.substring(1) : cell);
      }
      records.add(record);
    }
    return records;
  }

  private static void place(
      Resource resource, ObjectNode record, String column, @Nullable String cell) {
    if (cell == null) {
      return;
    }
    if (column.equals("_extra")) {
      merge(record, (ObjectNode) JSON.readTree(cell));
    } else {
      Field field = resource.field(column).orElseThrow();
      String[] path = column.split("\\.", -1);
      ObjectNode parent = path.length == 1 ? record : record.withObjectProperty(path[0]);
      parent.set(path[path.length - 1], value(field.type(), cell));
    }
  }

  private static void merge(ObjectNode record, ObjectNode extra) {
    for (Map.Entry<String, JsonNode> entry : extra.properties()) {
      JsonNode there = record.get(entry.getKey());
      if (there instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode more) {
        merge(inner, more);
      } else {
        record.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static JsonNode value(FieldType type, String cell) {
    if (type instanceof FieldType.Flag || type instanceof FieldType.Whole) {
      return JSON.readTree(cell);
    } else if (type instanceof FieldType.Many) {
      if (cell.startsWith("[")) {
        return JSON.readTree(cell);
      }
      ArrayNode list = JSON.createArrayNode();
      for (String item : cell.split(";", -1)) {
        list.add(item);
      }
      return list;
    }
    String text = Pattern.matches("\\\\+N", cell) ? cell.substring(1) : cell;
    return requireNonNull(JSON.getNodeFactory().stringNode(text));
  }
}
