package io.sluice.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.pipeline.insight.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshot is meant. */
final class SnapshotArgumentTest {
  @TempDir private Path root = Path.of("");

  @Test
  void aSnapshotOfAClockThatWasAheadIsNotTakenForTheNewest() throws IOException {
    Path past = SnapshotFiles.begin(root, "2020-11-01").with("domains", List.of()).end();
    Path ahead = SnapshotFiles.begin(root, "2999-11-01").with("domains", List.of()).end();

    assertThatThrownBy(() -> SnapshotArgument.open(root.resolve("latest"), note -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(ahead + " says that it was made at 2999-11-01T02:00:01Z");
    assertThat(SnapshotArgument.open(ahead, note -> {}).directory()).isEqualTo(ahead);
    assertThat(SnapshotArgument.open(past, note -> {}).directory()).isEqualTo(past);
  }

  @Test
  void whatIsSaidOfItDoesNotReachTheTerminalAsItIs() throws IOException {
    Path odd = root.resolve("a\u001b[2J\n");
    SnapshotFiles.begin(odd, "2020-11-01").with("domains", List.of()).end();
    List<String> notes = new ArrayList<>();

    SnapshotArgument.open(odd, notes::add);

    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).contains("a\\u001b[2J\\u000a").doesNotContain("\u001b", "\n");
  }
}
