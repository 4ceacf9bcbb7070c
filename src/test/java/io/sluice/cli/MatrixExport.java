package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.SandboxAccount;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks what an export has written. */
final class MatrixExport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MatrixExport() {}

  /** Asserts that there is one snapshot, which is the account; or none, as the cell says. */
  static void assertIsOf(SandboxAccount account, Path root, MatrixCell cell) throws IOException {
    List<Path> found = snapshots(root);
    if (cell.done() == MatrixCell.Done.NONE) {
      assertThat(found).isEmpty();
      return;
    }
    assertThat(found).hasSize(1);
    assertThat(CommandLines.run("verify", "-q", found.get(0).toString())).isZero();
    Snapshot snapshot = Snapshot.open(found.get(0));
    assertThat(snapshot.manifest().consistent()).isEqualTo(cell.exit() == 0);
    boolean bent = Set.of("extraFields", "numericIds").contains(cell.fault());
    List<String> lines = Files.readAllLines(snapshot.file(snapshot.manifest().resources().get(0)));
    List<String> held =
        account.raw(BlockList.RESOURCE).stream().map(record -> new String(record, UTF_8)).toList();
    assertThat(bent ? straight(lines) : lines).isEqualTo(bent ? straight(held) : held);
  }

  private static List<Path> snapshots(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(file -> !file.getFileName().toString().equals(".sluice.lock")).toList();
    }
  }

  /** Records without what was told otherwise than it is. */
  private static List<String> straight(List<String> records) {
    return records.stream()
        .map(record -> (ObjectNode) JSON.readTree(record))
        .map(record -> record.remove(List.of("id", "x_sandbox")).toString())
        .toList();
  }
}
