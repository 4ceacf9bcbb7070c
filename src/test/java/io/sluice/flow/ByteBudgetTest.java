package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class ByteBudgetTest {
  private final ByteBudget budget = ByteBudget.create(100);
  private final List<ByteBudget.Lease> leases = new ArrayList<>();

  @Test
  void grantsWhatFitsAndMakesTheRestWaitInOrder() {
    lease(60);
    lease(50);
    lease(10);

    assertThat(leases).hasSize(1);
    leases.get(0).release();
    assertThat(leases).hasSize(3);
    assertThat(budget.leased()).isEqualTo(60);
  }

  @Test
  void demandBeyondTheWholeBudgetIsMetAlone() {
    lease(10);
    lease(1000);
    lease(1);

    leases.get(0).release();

    assertThat(leases).hasSize(2);
    assertThat(budget.leased()).isEqualTo(1000);
    leases.get(1).release();
    assertThat(leases).hasSize(3);
  }

  @Test
  void releasingTwiceCountsOnce() {
    lease(60);
    lease(40);

    leases.get(0).release();
    leases.get(0).release();

    assertThat(budget.leased()).isEqualTo(40);
  }

  @Test
  void aLeaseThatTurnsOutSmallerLetsOthersIn() {
    lease(60);
    lease(50);
    leases.get(0).resize(20);
    assertThat(leases).hasSize(2);
    assertThat(budget.leased()).isEqualTo(70);
    leases.get(0).resize(90);
    assertThat(budget.leased()).describedAs("it is there already").isEqualTo(140);
    leases.get(0).release();
    leases.get(0).resize(30);
    assertThat(budget.leased()).isEqualTo(50);
  }

  @Test
  void aDemandIsAskedForWhenItsTurnComes() {
    AtomicLong demand = new AtomicLong(90);
    lease(60);
    budget.lease(demand::get).subscribe(leases::add);
    demand.set(40);
    leases.get(0).resize(50);
    assertThat(leases).hasSize(2);
    assertThat(budget.leased()).isEqualTo(90);
  }

  @Test
  void cancellingLeavesTheQueue() {
    lease(100);
    Disposable waiting = budget.lease(() -> 10).subscribe(leases::add);
    lease(20);

    waiting.dispose();
    leases.get(0).release();

    assertThat(leases).hasSize(2);
    assertThat(budget.leased()).isEqualTo(20);
  }

  private void lease(long bytes) {
    budget.lease(() -> bytes).subscribe(leases::add);
  }
}
