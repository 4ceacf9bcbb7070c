package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.pattern.EscapedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

class ReportFileTest {

  @Property(tries = 120)
  void whateverTheTextIsItIsReadBack(@ForAll("texts") List<String> texts) throws IOException {
    try (TestRun run = new TestRun()) {
      Path path = run.directory.resolve("report.csv");
      try (ReportFile report = ReportFile.begin(path)) {
        for (int i = 0; i < texts.size(); i++) {
          report.add(result(i + 1, texts.get(i)));
        }
        report.finish();
      }

      List<CSVRecord> records = records(path);

      assertThat(records).hasSize(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        CSVRecord record = records.get(i);
        assertThat(record.get("row")).isEqualTo(String.valueOf(i + 1));
        for (String column : List.of("id", "key", "code", "pointer", "ray_id")) {
          assertThat(record.get(column)).isEqualTo(texts.get(i));
        }
        assertThat(record.get("message")).isEqualTo(EscapedText.of(texts.get(i)));
      }
    }
  }

  @Example
  void aMessageStaysOnOneLine() throws IOException {
    try (TestRun run = new TestRun()) {
      Path path = run.directory.resolve("report.csv");
      try (ReportFile report = ReportFile.begin(path)) {
        report.add(result(1, "a\nb\u202Ec").because("x", null, "'a\nb' is\r\u200B odd"));
        report.finish();
      }
      assertThat(records(path).get(0).get("message")).isEqualTo("'a\\u000ab' is\\u000d\\u200b odd");
    }
  }

  @Example
  void columnsAreAsPromised() throws IOException {
    try (TestRun run = new TestRun()) {
      Path path = run.directory.resolve("report.csv");
      RowResult failed =
          new RowResult(
              1,
              2,
              Outcome.FAILED,
              Action.CREATE,
              null,
              "a.example",
              400,
              "10021",
              "/pattern",
              "no, \"never\"",
              2,
              true,
              12,
              "8f-LHR");
      try (ReportFile report = ReportFile.begin(path)) {
        report.add(failed);
        report.add(RowResult.uncalled(0, 0, Outcome.DELETED, Action.DELETE, "7", "b.example"));
        report.finish();
      }

      assertThat(Files.readString(path))
          .isEqualTo(
              "row,line,outcome,action,id,key,http_status,code,pointer,message,attempts,"
                  + "retryable,duration_ms,ray_id\r\n"
                  + "1,2,failed,create,,a.example,400,10021,/pattern,\"no, \"\"never\"\"\",2,"
                  + "true,12,8f-LHR\r\n"
                  + ",,deleted,delete,7,b.example,,,,,0,false,0,\r\n");
    }
  }

  @Example
  void theReadmeNamesTheColumns() throws IOException {
    try (TestRun run = new TestRun()) {
      Path path = run.directory.resolve("report.csv");
      try (ReportFile report = ReportFile.begin(path)) {
        report.finish();
      }

      String columns = Files.readString(path).strip().replace(",", "`, `");
      assertThat(Path.of("README.md")).content().contains("`" + columns + "`");
    }
  }

  @Example
  void anUnfinishedReportLeavesTheEarlierOne() throws IOException {
    try (TestRun run = new TestRun()) {
      Path path = Files.writeString(run.directory.resolve("report.csv"), "earlier");
      try (ReportFile report = ReportFile.begin(path)) {
        report.add(result(1, "x"));
      }

      assertThat(path).hasContent("earlier");
      assertThat(run.directory).isDirectoryNotContaining("glob:**.partial");
    }
  }

  @Example
  void rowsComeInOrderAndDeletesLast() throws IOException {
    try (TestRun run = new TestRun();
        ReportFile report = ReportFile.begin(run.directory.resolve("report.csv"))) {
      report.add(result(1, "x"));

      assertThatThrownBy(() -> report.add(result(3, "x")))
          .hasMessage("row 3 follows row 1")
          .isInstanceOf(IllegalArgumentException.class);
      report.add(RowResult.uncalled(0, 0, Outcome.DELETED, Action.DELETE, "7", "b.example"));
      assertThatThrownBy(() -> report.add(result(2, "x")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  static List<CSVRecord> records(Path path) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(path, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  private static RowResult result(long row, String text) {
    return new RowResult(
        row,
        row + 1,
        Outcome.FAILED,
        Action.CREATE,
        text,
        text,
        400,
        text,
        text,
        text,
        1,
        false,
        1,
        text);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> awkward =
        Arbitraries.strings().withChars("a\",;\r\n\t \u0000\u0007\u001b\u202e\\#'=").ofMaxLength(8);
    Arbitrary<String> any =
        Arbitraries.strings().all().ofMaxLength(8).filter(ReportFileTest::isUnicode);
    return Arbitraries.oneOf(awkward, any).list().ofMaxSize(6);
  }

  /** UTF-8 has no halves of surrogate pairs. */
  static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
