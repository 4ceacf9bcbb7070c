package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.saved.PlanTarget;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks what {@code --save-plan} goes with, and says where the plan goes. */
final class SavePlanOption {
  private SavePlanOption() {}

  /**
   * Checks that there is a rehearsal whose plan can be saved.
   *
   * @throws UsageException if there is none
   */
  static void check(@Nullable Path file, boolean dryRun) {
    if (file != null && !dryRun) {
      throw new UsageException(
          "--save-plan goes with --dry-run",
          "the plan is saved and nothing is changed; apply carries it out");
    }
  }

  /**
   * Where the plan is saved; null if it is not.
   *
   * @param command what the run is called
   * @throws UsageException if there is a file already
   */
  static @Nullable PlanTarget target(@Nullable Path file, String command) {
    return file == null ? null : new PlanTarget(file, command, false).requireFree();
  }
}
