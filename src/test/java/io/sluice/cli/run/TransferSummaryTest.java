package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransferSummaryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REFUSED|domains|8|domains: why",
        "REFUSED|content_policies domains|8|content-policies, domains: why",
        "REFUSED|domains|1|why",
        "GAVE_UP|domains|8|domains: why",
        "GAVE_UP|content_policies domains|8|why",
      })
  void aCauseNamesTheKindsThatItIsAbout(ExitCode exit, String kinds, int parts, String message) {
    Failure failure = new Failure(exit, "code", "why", null, 0, null);
    assertThat(TransferSummary.named(Map.of(failure, List.of(kinds.split(" "))), parts))
        .singleElement()
        .extracting(Failure::message)
        .isEqualTo(message);
  }
}
