package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.MatrixCell.Done;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.server.JobClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is done while calls go wrong, and how its end is checked. */
enum MatrixColumn {
  EXPORT {
    @Override
    void run(MatrixCell cell, MatrixStage stage) throws Exception {
      SandboxAccount account = stage.filled(cell.account(), MatrixStage.EXPORTED);
      MatrixTrouble trouble = stage.trouble().befall(cell.account(), false, cell);
      Path root = stage.directory(cell);
      int exit = stage.sluice(cell, "export", "--profile", cell.account(), "--to", root.toString());
      assertEnd(cell, exit, trouble);
      MatrixExport.assertIsOf(account, root, cell);
    }
  },

  ROWS {
    @Override
    void run(MatrixCell cell, MatrixStage stage) throws Exception {
      importing(cell, stage, stage.rows(), "rows");
    }
  },

  BATCH {
    @Override
    void run(MatrixCell cell, MatrixStage stage) throws Exception {
      importing(cell, stage, stage.batch(), "batch");
    }
  },

  MIGRATE {
    @Override
    void run(MatrixCell cell, MatrixStage stage) throws Exception {
      SandboxAccount source = stage.filled(cell.source(), MatrixStage.MIGRATED);
      SandboxAccount target = stage.filled(cell.account(), MatrixStage.MIGRATED / 3);
      AccountContent.commented(target, BlockList.RESOURCE, 50);
      MatrixTrouble trouble =
          stage.trouble().befall(cell.account(), true, cell).befall(cell.source(), false, cell);
      Path results = stage.directory(cell);
      String[] command = {
        "migrate", "--from", cell.source(), "--to", cell.account(), "--results", results.toString()
      };
      assertEnd(cell, stage.sluice(cell, command), trouble);
      RunFiles files = new RunFiles(results.resolve("block-senders"));
      long before = MatrixStage.MIGRATED / 3;
      if (cell.done() == Done.SOME) {
        MatrixImport.assertSome(target, before, MatrixStage.MIGRATED, files, cell);
        trouble.end();
        assertThat(stage.sluice(cell, TwoAccounts.with(command, "--resume"))).isZero();
      }
      assertOnce(target);
      if (cell.done() == Done.NONE) {
        assertThat(target.count(BlockList.RESOURCE)).isEqualTo(before);
      } else {
        files.assertAddsUp(MatrixStage.MIGRATED);
        assertThat(AccountContent.of(target)).isEqualTo(AccountContent.of(source));
      }
    }
  },

  SERVICE {
    @Override
    void run(MatrixCell cell, MatrixStage stage) throws Exception {
      MatrixImport input = stage.rows();
      SandboxAccount account = stage.filled(cell.account(), MatrixStage.HELD);
      MatrixTrouble trouble = stage.trouble().befall(cell.account(), true, cell);
      JobClient client = stage.service().jobs();
      String upload = client.upload("rows.csv", Files.readString(input.file()));
      String job = client.imported(cell.account(), upload, "{\"strategy\":\"rows\"}");
      JsonNode ended = client.follow(job);
      assertThat(ended.path("ended_at").isNull()).describedAs("%s", ended).isFalse();
      assertEnd(cell, ended.path("exit").asInt(), trouble);
      input.assertIn(account, new RunFiles(stage.job(job)), cell);
      assertOnce(account);
    }
  };

  /** Runs it, and asserts that it ends as the cell says. */
  abstract void run(MatrixCell cell, MatrixStage stage) throws Exception;

  private static void importing(
      MatrixCell cell, MatrixStage stage, MatrixImport input, String strategy) throws Exception {
    SandboxAccount account = stage.filled(cell.account(), MatrixStage.HELD);
    MatrixTrouble trouble = stage.trouble().befall(cell.account(), true, cell);
    Path results = stage.directory(cell);
    String[] command = {
      "import",
      "--profile",
      cell.account(),
      "--strategy",
      strategy,
      "--results",
      results.toString(),
      input.file().toString()
    };
    assertEnd(cell, stage.sluice(cell, command), trouble);
    RunFiles files = new RunFiles(results);
    input.assertIn(account, files, cell);
    if (List.of(5, 6).contains(cell.exit()) && cell.done() == Done.SOME) {
      trouble.end();
      assertThat(stage.sluice(cell, TwoAccounts.with(command, "--resume"))).isZero();
      input.assertAll(account, files);
    }
    assertOnce(account);
  }

  private static void assertEnd(MatrixCell cell, int exit, MatrixTrouble trouble) {
    assertThat(exit).describedAs("exit code").isEqualTo(cell.exit());
    assertThat(trouble.fired()).describedAs("calls that went wrong").isPositive();
  }

  private static void assertOnce(SandboxAccount account) {
    assertThat(account.creations(BlockList.RESOURCE))
        .allSatisfy((key, made) -> assertThat(made).isOne());
  }
}
