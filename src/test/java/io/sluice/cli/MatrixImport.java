package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file to import, and what comes of it where nothing goes wrong.
 *
 * @param outcomes how many of its rows have which
 * @param state what an account holds then
 */
record MatrixImport(Path file, Map<String, Long> outcomes, Map<String, String> state) {

  /** Asserts that an account and the results are as the cell says. */
  void assertIn(SandboxAccount account, RunFiles files, MatrixCell cell) throws IOException {
    switch (cell.done()) {
      case ALL -> assertAll(account, files);
      case SOME -> assertSome(account, MatrixStage.HELD, rows(), files, cell);
      case NONE -> {
        assertThat(account.count(BlockList.RESOURCE)).isEqualTo(MatrixStage.HELD);
        assertThat(written(BlockList.state(account))).isEmpty();
      }
    }
  }

  /** Asserts that all rows are in the account, and that the results say so. */
  void assertAll(SandboxAccount account, RunFiles files) throws IOException {
    files.assertAddsUp(rows());
    assertThat(files.outcomes()).isEqualTo(outcomes);
    assertThat(written(BlockList.state(account))).isEqualTo(written(state));
    assertThat(account.count(BlockList.RESOURCE)).isEqualTo(state.size());
  }

  /** Asserts that what the results say was made is there and nothing else, and the rest untold. */
  static void assertSome(
      SandboxAccount account, long before, long rows, RunFiles files, MatrixCell cell)
      throws IOException {
    files.assertAddsUp(rows);
    Map<String, Long> outcomes = new TreeMap<>(files.outcomes());
    assertThat(account.count(BlockList.RESOURCE))
        .isEqualTo(before + outcomes.getOrDefault("created", 0L));
    String rest = cell.exit() == 3 ? "failed" : "unprocessed";
    assertThat(outcomes).containsKey(rest);
    if (cell.exit() == 6) {
      // Who gives up may have had no answer yet to what became of a create.
      outcomes.remove("unknown");
    }
    assertThat(outcomes.keySet()).isSubsetOf("created", "updated", "unchanged", rest);
    assertThat(files.names()).containsAnyOf("failed.csv", "failed.jsonl");
  }

  private long rows() {
    return outcomes.values().stream().mapToLong(count -> count).sum();
  }

  /** Those records that rows have made or changed. */
  private static Map<String, String> written(Map<String, String> state) {
    Map<String, String> written = new TreeMap<>(state);
    written
        .values()
        .removeIf(record -> !record.contains("\"number ") && !record.contains("looked at again"));
    return written;
  }
}
