package io.sluice.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When something is due, and above all in the nights in which clocks change. */
final class DueTimesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Clocks go from 02:00 to 03:00.
        "30 2 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T03:00+02:00 2026-03-30T02:30+02:00",
        "0 2 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
        "0 2,3 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
        "*/15 2 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
        "30 2 * * 0|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T03:00+02:00 2026-04-05T02:30+02:00",
        "0 */2 * * *|Europe/Berlin|2026-03-29T00:30:00Z|2026-03-29T03:00+02:00 2026-03-29T04:00+02:00",
        "30 2 * * *|America/New_York|2026-03-08T05:00:00Z|2026-03-08T03:00-04:00 2026-03-09T02:30-04:00",
        // Hourly ones go by the time that passes.
        "30 * * * *|Europe/Berlin|2026-03-29T00:00:00Z|2026-03-29T01:30+01:00 2026-03-29T03:30+02:00",
        "*/15 * * * *|Europe/Berlin|2026-03-29T00:40:00Z|2026-03-29T01:45+01:00 2026-03-29T03:00+02:00",
        // Clocks go from 03:00 back to 02:00.
        "30 2 * * *|Europe/Berlin|2026-10-24T12:00:00Z|2026-10-25T02:30+02:00 2026-10-26T02:30+01:00",
        "30 2 * * *|Europe/Berlin|2026-10-25T00:45:00Z|2026-10-26T02:30+01:00 2026-10-27T02:30+01:00",
        "30 * * * *|Europe/Berlin|2026-10-25T00:00:00Z|2026-10-25T02:30+02:00 2026-10-25T02:30+01:00",
        "*/30 * * * *|Europe/Berlin|2026-10-25T00:30:00Z|2026-10-25T02:00+01:00 2026-10-25T02:30+01:00",
        // Clocks go by half an hour: from 02:00 to 02:30, and back from 02:00 to 01:30.
        "15 2 * * *|Australia/Lord_Howe|2026-10-03T12:00:00Z|2026-10-04T02:30+11:00 2026-10-05T02:15+11:00",
        "15 * * * *|Australia/Lord_Howe|2026-10-03T15:00:00Z|2026-10-04T02:30+11:00 2026-10-04T03:15+11:00",
        "45 * * * *|Australia/Lord_Howe|2026-04-04T14:00:00Z|2026-04-05T01:45+11:00 2026-04-05T02:45+10:30",
        "*/15 * * * *|Australia/Lord_Howe|2026-04-04T14:40:00Z|2026-04-05T01:45+11:00 2026-04-05T01:30+10:30",
        // There is no midnight.
        "0 0 * * *|America/Sao_Paulo|2018-11-03T12:00:00Z|2018-11-04T01:00-02:00 2018-11-05T00:00-02:00",
        // There is no 30th.
        "30 2 * * *|Pacific/Apia|2011-12-29T20:00:00Z|2011-12-31T00:00+14:00 2011-12-31T02:30+14:00",
        "0 0 29 2 *|UTC|2026-01-01T00:00:00Z|2028-02-29T00:00Z 2032-02-29T00:00Z",
        "@daily|UTC|2026-01-01T00:00:00Z|2026-01-02T00:00Z 2026-01-03T00:00Z",
        "0 0 13 * 5|UTC|2026-02-01T00:00:00Z|2026-02-06T00:00Z 2026-02-13T00:00Z",
        "0 9 * jan MON-fri/2|UTC|2026-01-01T00:00:00Z|2026-01-02T09:00Z 2026-01-05T09:00Z",
        "0 0 * * 5-7|UTC|2026-01-01T00:00:00Z|2026-01-02T00:00Z 2026-01-03T00:00Z",
      })
  void timesOfANightAreDueOnce(String cron, String zone, String moment, String expected) {
    assertThat(DueTimes.of(cron, zone).after(Instant.parse(moment), 2))
        .extracting(OffsetDateTime::toString)
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31 2 */3"})
  void timesThatNeverComeAreRefused(String cron) {
    assertThatThrownBy(() -> DueTimes.of(cron, "Europe/Berlin"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("never come");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 2 * *",
        "0 0 2 * * *",
        "60 2 * * *",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "*/60 * * * *",
        "*/61 * * * *",
        "0 */24 * * *",
        "0 0 */31 * *",
        "1/2/3 * * * *",
        "1,,2 * * * *",
        "-1 * * * *",
        "a * * * *",
        "* * * MON *",
        "? * * * *",
        "+1 * * * *",
        "999999999999 * * * *",
        "@reboot",
        "nightly"
      })
  void whatIsNoCronExpressionIsRefusedWithTheReason(String cron) {
    assertThatThrownBy(() -> DueTimes.of(cron, "UTC"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'" + cron + "' cannot be understood: ");
  }

  @Test
  void aZoneThatIsNoneIsRefused() {
    assertThatThrownBy(() -> DueTimes.of("0 2 * * *", "Mars/Olympus"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Mars/Olympus");
  }
}
