package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class TallyTest {

  @Property(tries = 100)
  void countsAddUpToTheRows(@ForAll List<Outcome> rows, @ForAll List<Outcome> deletes) {
    Tally tally = new Tally();
    for (int i = 0; i < rows.size(); i++) {
      tally.add(TestRun.result(i + 1, rows.get(i)));
    }
    deletes.forEach(
        outcome -> tally.add(RowResult.uncalled(0, 0, outcome, Action.DELETE, "id", "key")));

    assertThat(tally.rows().total()).isEqualTo(rows.size());
    assertThat(tally.deletes().total()).isEqualTo(deletes.size());
    for (Outcome outcome : Outcome.values()) {
      assertThat(tally.rows().of(outcome)).isEqualTo(rows.stream().filter(outcome::equals).count());
    }
  }

  @Example
  void manyThreadsAreCountedWhole() {
    Tally tally = new Tally();

    Flux.range(1, 20_000)
        .parallel(4)
        .runOn(Schedulers.parallel())
        .doOnNext(row -> tally.add(TestRun.result(row, Outcome.CREATED)))
        .then()
        .block(Duration.ofSeconds(30));

    assertThat(tally.rows().of(Outcome.CREATED)).isEqualTo(20_000);
  }

  @Example
  void aSummaryWhoseCountsDoNotAddUpIsRefused() {
    assertThatThrownBy(
            () -> SummaryTest.summary(3, new Counts(Map.of(Outcome.CREATED, 2L)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lost or counted twice");
  }
}
