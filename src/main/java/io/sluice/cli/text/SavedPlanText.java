package io.sluice.cli.text;

import io.sluice.pipeline.RunEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a rehearsal says of the plan that it saved. */
public final class SavedPlanText {
  private SavedPlanText() {}

  /** Where the plan is and how it is carried out; nothing if none was saved. */
  public static List<String> of(RunEvent.@Nullable PlanSaved saved, String command) {
    return saved == null
        ? List.of()
        : List.of(
            Printable.safe("plan: " + saved.file() + " (SHA-256 " + saved.sha256() + ")"),
            "to carry out exactly that:",
            "  " + Printable.safe(command));
  }

  /** What the summary in JSON says of it. */
  public static void put(ObjectNode root, RunEvent.@Nullable PlanSaved saved) {
    if (saved != null) {
      root.putObject("saved_plan")
          .put("file", saved.file().toString())
          .put("sha256", saved.sha256());
    }
  }
}
