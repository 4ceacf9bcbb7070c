package io.sluice.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final ProgressLine APPLYING =
      new ProgressLine(
          "applying",
          1353,
          5000L,
          13,
          Duration.ofSeconds(280),
          "quota 269 of 300",
          "1,341 created  12 failed");

  @Test
  void changesTakeALineForCounts() {
    assertThat(APPLYING.lines(77))
        .containsExactly(
            "applying  [###         ]  27%  1,353 of 5,000 rows  13/s  about 5 min left",
            "  1,341 created  12 failed  quota 269 of 300");
  }

  @Test
  void everythingIsOnOneLineWhereNothingCanBeRedrawn() {
    assertThat(APPLYING.plain())
        .isEqualTo(
            "applying  1,353 of 5,000 rows  13/s  about 5 min left"
                + "  1,341 created  12 failed  quota 269 of 300");
  }

  @Test
  void noBarIsDrawnWhereTheTotalIsNotKnown() {
    ProgressLine line = new ProgressLine("checking", 1214, null, 1614, null, "", null);

    assertThat(line.lines(80)).containsExactly("checking  1,214 rows  1,614/s");
  }

  @Test
  void aPhaseThatWaitsForItsFirstAnswerSaysSo() {
    ProgressLine line =
        new ProgressLine(
            "reading the account", 0, null, 0, null, "waiting for quota, 12.0 s", null);

    assertThat(line.lines(80)).containsExactly("reading the account  waiting for quota, 12.0 s");
  }

  @Property(tries = 200)
  void noLineIsWiderThanTheTerminal(
      @ForAll @IntRange(min = 20, max = 200) int width,
      @ForAll @IntRange int done,
      @ForAll @IntRange(max = 1_000_000_000) int more) {
    ProgressLine line =
        new ProgressLine(
            "reading the account",
            done,
            (long) done + more,
            done,
            Duration.ofSeconds(more),
            "PAUSED: the API has been out for 3 min 2 s",
            more % 2 == 0 ? null : "1,000,000 created  1,000,000 updated  1,000,000 deleted");

    List<String> lines = line.lines(width);

    assertThat(lines).allMatch(text -> text.length() <= width);
  }
}
