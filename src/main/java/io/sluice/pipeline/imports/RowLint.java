package io.sluice.pipeline.imports;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.lint.LintOfPlan;
import io.sluice.plan.AccountRecord;
import io.sluice.plan.Step;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Has lint look at the rows of one input as they are planned, and at what the account holds. */
final class RowLint implements Consumer<RunEvent> {
  private final LintOfPlan lint;
  private final Resource resource;
  private final boolean wanted;
  private final BitSet replaced = new BitSet();

  RowLint(LintOfPlan lint, ImportRequest request) {
    this.lint = lint;
    this.resource = request.resource();
    this.wanted = request.lint() != LintChoice.OFF;
  }

  @Override
  public void accept(RunEvent event) {
    if (wanted && event instanceof RunEvent.ChangePlanned planned) {
      take(planned.step());
    }
  }

  private void take(Step step) {
    if (step instanceof Step.Create create) {
      lint.write(resource, create.body());
    } else if (step instanceof Step.Edit edit) {
      ObjectNode edited = edit.held().fields().deepCopy();
      edited.setAll(edit.body());
      lint.write(resource, edited);
      replace(edit.held());
    } else if (step instanceof Step.Delete delete) {
      replace(delete.held());
    }
  }

  private void replace(AccountRecord held) {
    replaced.set(held.ordinal());
  }

  /** Shows lint what the account holds and the rows leave as it is. Calls nothing. Blocking. */
  void hold(ImportState.Account account, StopSignal stop) throws IOException {
    if (wanted) {
      lint.hold(resource, account.index(), replaced, account.whole(), stop);
    }
  }
}
