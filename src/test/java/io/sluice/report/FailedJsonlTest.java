package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailedJsonlTest {
  private static final String ADDED =
      "\"_outcome\":\"failed\",\"_code\":\"10021\",\"_message\":\"n\\u00F6\","
          + "\"_pointer\":null,\"_line\":8";

  @Test
  void theRecordStaysAsItIsWritten() {
    assertThat(explained("{\"a\":1.0e0,\"b\":\"\\u00e4\\/ö\",\"a\":[{\"_code\":2}]}"))
        .isEqualTo("{\"a\":1.0e0,\"b\":\"\\u00e4\\/ö\",\"a\":[{\"_code\":2}]," + ADDED + "}");
  }

  @Test
  void anEmptyRecordGetsNothingElse() {
    assertThat(explained("{}")).isEqualTo("{" + ADDED + "}");
  }

  @Test
  void membersOfAnEarlierAttemptAreReplacedWhereverTheyAre() {
    assertThat(
            explained(
                "{\"_outcome\":\"invalid\",\"_line\":3 , \"pattern\" : \"x, }\","
                    + " \"_code\":{\"a\":[]},\"_note\":null, \"n\":12 }"))
        .isEqualTo("{\"pattern\" : \"x, }\",\"_note\":null,\"n\":12," + ADDED + "}");
  }

  @Test
  void explainingTwiceIsExplainingOnce() {
    String once = explained("{\"pattern\":\"😀\",\"x\":true}");

    assertThat(explained(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "{\"a\":1} 2", "{\"a\":}", "plain", "{\"a\":1,}"})
  void whatIsNoRecordStaysAsItIs(String line) {
    assertThat(explained(line)).isEqualTo(line);
  }

  @Test
  void rowsThatRemainAreWrittenAndAStaleCsvGoes() throws IOException {
    try (TestRun run = new TestRun();
        FailedJsonl failed = FailedJsonl.in(run.directory)) {
      Files.writeString(run.directory.resolve("failed.csv"), "stale");
      failed.add(TestRun.result(1, Outcome.CREATED), "{\"a\":1}");
      failed.add(failure(), "{\"a\":2}");

      assertThat(failed.finish()).contains(run.directory.resolve("failed.jsonl"));

      assertThat(run.directory.resolve("failed.jsonl")).hasContent("{\"a\":2," + ADDED + "}\n");
      assertThat(run.directory.resolve("failed.csv")).doesNotExist();
    }
  }

  private static String explained(String record) {
    return ExplainedRecord.of(record, failure());
  }

  private static RowResult failure() {
    return TestRun.result(7, Outcome.FAILED).because("10021", null, "nö");
  }
}
