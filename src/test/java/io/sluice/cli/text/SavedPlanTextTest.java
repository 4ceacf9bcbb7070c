package io.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.RunEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said of a saved plan. */
final class SavedPlanTextTest {
  @Test
  void theNameOfItsFileDoesNotReachTheTerminalAsItIs() {
    RunEvent.PlanSaved saved = new RunEvent.PlanSaved(Path.of("p\u001b[2J\n.jsonl"), "ab");

    assertThat(SavedPlanText.of(saved, "sluice apply 'p\u001b[2J\n.jsonl'"))
        .containsExactly(
            "plan: p\\u001b[2J\\u000a.jsonl (SHA-256 ab)",
            "to carry out exactly that:",
            "  sluice apply 'p\\u001b[2J\\u000a.jsonl'");
  }
}
