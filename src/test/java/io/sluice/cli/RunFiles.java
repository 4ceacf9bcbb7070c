package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an import left in its results directory. */
record RunFiles(Path directory) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  /** The columns of the report that must not depend on how often a run was interrupted. */
  private static final List<String> LASTING = List.of("row", "line", "outcome", "action", "key");

  /** The rows of the report, in its order. */
  List<List<String>> rows() throws IOException {
    return report().stream()
        .filter(record -> !record.get("row").isEmpty())
        .map(RunFiles::lasting)
        .toList();
  }

  /** What the report says of records that no row names, sorted. */
  List<List<String>> unnamed() throws IOException {
    return report().stream()
        .filter(record -> record.get("row").isEmpty())
        .map(RunFiles::lasting)
        .sorted((a, b) -> String.join(",", a).compareTo(String.join(",", b)))
        .toList();
  }

  private static List<String> lasting(CSVRecord record) {
    return LASTING.stream().map(record::get).toList();
  }

  /** Every record of the report, in its order. */
  List<CSVRecord> report() throws IOException {
    return csv("report.csv");
  }

  /** The rows of {@code failed.csv}; none if it is not there. */
  List<CSVRecord> failed() throws IOException {
    return Files.exists(directory.resolve("failed.csv")) ? csv("failed.csv") : List.of();
  }

  private List<CSVRecord> csv(String name) throws IOException {
    try (Reader reader = Files.newBufferedReader(directory.resolve(name));
        CSVParser parser = CSVParser.parse(reader, CSV)) {
      return parser.getRecords();
    }
  }

  /** How many rows of the report have each outcome. */
  Map<String, Long> outcomes() throws IOException {
    Map<String, Long> outcomes = new TreeMap<>();
    rows().forEach(row -> outcomes.merge(row.get(2), 1L, Long::sum));
    return outcomes;
  }

  JsonNode summary() throws IOException {
    return JSON.readTree(Files.readString(directory.resolve("summary.json")));
  }

  /** Asserts that every row of the input has one outcome, and that the summary says the same. */
  void assertAddsUp(long inputRows) throws IOException {
    assertThat(rows().stream().map(row -> row.get(0)).distinct()).hasSize((int) inputRows);
    JsonNode summary = summary();
    assertThat(summary.get("rows").longValue()).isEqualTo(inputRows);
    Map<String, Long> counts = new TreeMap<>();
    summary
        .get("counts")
        .properties()
        .forEach(count -> counts.put(count.getKey(), count.getValue().longValue()));
    counts.values().removeIf(count -> count == 0);
    assertThat(counts).isEqualTo(outcomes());
  }

  /** The names of everything that lies in the directory; none if it is not there. */
  List<String> names() throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
    }
    return names;
  }
}
