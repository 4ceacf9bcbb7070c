package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.saved.PlanTarget;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code --save-plan}: what it goes with, and where the plan goes. */
final class SavePlanOption extends OptionGroup {
  private final Value<Path> file =
      path("--save-plan", "FILE", "With --dry-run: save the plan for 'sluice apply'.");

  /**
   * Checks that there is a rehearsal whose plan can be saved.
   *
   * @throws UsageException if there is none
   */
  void check(boolean dryRun) {
    if (file.isGiven() && !dryRun) {
      throw new UsageException(
          "--save-plan goes with --dry-run",
          "the plan is saved and nothing is changed; apply carries it out");
    }
  }

  /**
   * Where the plan is saved; null if it is not.
   *
   * @param command the name of the command that makes the plan
   * @throws UsageException if there is a file already
   */
  @Nullable PlanTarget target(String command) {
    return file.isGiven() ? new PlanTarget(file.get(), command, false).requireFree() : null;
  }
}
