package io.sluice.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Holds the times against their definition, taken minute by minute, over zones and years. */
final class DueTimesPropertiesTest {
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Sao_Paulo",
          "Pacific/Apia",
          "Africa/Casablanca",
          "Asia/Kathmandu",
          "UTC");

  @Property(tries = 60)
  void timesAreDueAsTheClockShowsThem(
      @ForAll("crons") String cron, @ForAll("zones") String zone, @ForAll("years") int year) {
    ZoneRules rules = ZoneId.of(zone).getRules();
    DueTimes times = DueTimes.of(cron, zone);
    ZoneOffsetTransition change =
        rules.nextTransition(LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC));
    Instant middle =
        change == null ? Instant.parse(year + "-06-01T00:00:00Z") : change.getInstant();
    Instant begin = middle.minus(Duration.ofHours(36));
    Instant end = middle.plus(Duration.ofHours(36));

    List<Instant> due = new ArrayList<>();
    for (Instant at = times.after(begin); at.isBefore(end); at = times.after(at)) {
      due.add(at);
    }

    SortedSet<Instant> expected = defined(cron, rules, begin, end);
    assertThat(due).containsExactlyElementsOf(expected);
    for (Instant at : expected.stream().limit(20).toList()) {
      assertThat(times.after(at.minusSeconds(1))).isEqualTo(at);
      assertThat(times.after(at.minusNanos(1))).isEqualTo(at);
    }
  }

  /** Every minute that a wall clock could show, and when it is due. */
  private static SortedSet<Instant> defined(
      String cron, ZoneRules rules, Instant begin, Instant end) {
    CronExpression expression = CronExpression.of(cron);
    SortedSet<Instant> due = new TreeSet<>();
    LocalDateTime from = LocalDateTime.ofInstant(begin, ZoneOffset.UTC).minusDays(2);
    LocalDateTime to = LocalDateTime.ofInstant(end, ZoneOffset.UTC).plusDays(2);
    for (LocalDateTime time = from; time.isBefore(to); time = time.plusMinutes(1)) {
      if (expression.from(time).orElseThrow().equals(time)) {
        add(due, time, rules, expression.longestPause());
      }
    }
    return new TreeSet<>(due.subSet(begin.plusNanos(1), end));
  }

  private static void add(
      SortedSet<Instant> due, LocalDateTime time, ZoneRules rules, Duration pause) {
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    ZoneOffsetTransition change = rules.getTransition(time);
    boolean often =
        change != null
            && pause.toMinutes() <= 60
            && pause.compareTo(change.getDuration().abs()) <= 0;
    if (offsets.size() == 1) {
      due.add(time.toInstant(offsets.get(0)));
    } else if (offsets.isEmpty() && !often) {
      due.add(change.getInstant());
    } else if (offsets.size() == 2) {
      due.add(time.toInstant(offsets.get(0)));
      if (often) {
        due.add(time.toInstant(offsets.get(1)));
      }
    }
  }

  @Property(tries = 300)
  void whereClocksDoNotChangeTheTimesAreThoseOfDbScheduler(
      @ForAll("crons") String cron, @ForAll("years") int year) {
    Instant at = Instant.parse(year + "-02-20T10:07:30Z");
    CronSchedule other = new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX);
    DueTimes times = DueTimes.of(cron, "UTC");
    for (int i = 0; i < 20; i++) {
      Instant next = times.after(at);
      assertThat(next)
          .describedAs("%s after %s", cron, at)
          .isEqualTo(other.getNextExecutionTime(ExecutionComplete.simulatedSuccess(at)));
      at = next;
    }
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(ZONES);
  }

  @Provide
  Arbitrary<Integer> years() {
    return Arbitraries.integers().between(2000, 2040);
  }

  @Provide
  Arbitrary<String> crons() {
    Arbitrary<String> minutes =
        Arbitraries.oneOf(
            Arbitraries.of("*", "*/15", "*/7", "0", "30", "0,30", "15-45/15", "59"), list(0, 59));
    Arbitrary<String> hours =
        Arbitraries.oneOf(
            Arbitraries.of("*", "*", "*/2", "*/6", "0-23", "1-3", "2", "0", "9-17"), list(0, 23));
    Arbitrary<String> days =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.just("*")),
            net.jqwik.api.Tuple.of(1, list(1, 28)));
    Arbitrary<String> months = Arbitraries.of("*", "*", "*", "3,4,9-12");
    Arbitrary<String> weekdays =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.just("*")),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("0", "7", "MON-FRI", "5-7", "6,0")));
    return Combinators.combine(minutes, hours, days, months, weekdays)
        .as((minute, hour, day, month, week) -> String.join(" ", minute, hour, day, month, week));
  }

  private static Arbitrary<String> list(int least, int most) {
    return Arbitraries.integers()
        .between(least, most)
        .set()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(all -> all.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
  }
}
