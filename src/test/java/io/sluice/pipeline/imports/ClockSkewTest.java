package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Mode;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A server's clock may be wrong: what a lost call made is still told from what others made. */
final class ClockSkewTest {
  private static final String LIST = "block_senders";
  private static final Duration OFF = Duration.ofHours(1);

  @TempDir private Path directory = Path.of("");

  @Test
  void whatALostCallMadeIsOursThoughTheClockIsSlow() throws IOException {
    lostCallWithASlowClock(Strategy.ROWS, 30);
  }

  @Test
  void whatALostBatchMadeIsOursThoughTheClockIsSlow() throws IOException {
    lostCallWithASlowClock(Strategy.BATCH, 1_010);
  }

  private void lostCallWithASlowClock(Strategy strategy, int rows) throws IOException {
    String last = "host" + (rows - 1) + ".example";
    try (Sandbox sandbox = Sandbox.builder().clock(() -> Instant.now().minus(OFF)).start()) {
      sandbox
          .faults()
          .onMethod("POST")
          .and(request -> request.text().contains(last))
          .times(1)
          .then(Fault.reset().afterEffect(), Fault.then(account -> normalise(account, last)));
      ImportResult result =
          new ImportRig(sandbox, directory)
              .mode(Mode.CREATE)
              .concurrency(1)
              .by(strategy)
              .csv(Rows.senders(0, rows, i -> "a  b"));

      assertCounts(result, CREATED, rows);
      assertThat(sandbox.account().count(LIST)).isEqualTo(rows);
    }
  }

  /** The server has its own idea of blanks in comments. */
  private static void normalise(SandboxAccount account, String pattern) {
    for (ObjectNode record : account.records(LIST)) {
      if (record.path("pattern").asString().equals(pattern)) {
        account.remove(LIST, record.path("id").asString());
        account.add(LIST, record.put("comments", "a b"));
      }
    }
  }

  @Test
  void whatOthersMadeBeforeIsTheirsThoughTheClockIsFast() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().clock(() -> Instant.now().plus(OFF)).start()) {
      ObjectNode theirs = BlockedDomain.of("host29.example").put("comments", "theirs");
      sandbox
          .faults()
          .onList(LIST)
          .times(1)
          .then(
              Fault.then(
                  account -> {
                    String before = Instant.now().plus(OFF).minusSeconds(60).toString();
                    account.add(LIST, theirs.put("created_at", before));
                  }));
      sandbox
          .faults()
          .onCreate(LIST)
          .and(request -> request.text().contains("host29.example"))
          .times(1)
          .then(Fault.status(503));
      ImportResult result =
          new ImportRig(sandbox, directory)
              .mode(Mode.CREATE)
              .concurrency(1)
              .by(Strategy.ROWS)
              .csv(Rows.senders(30));

      assertCounts(result, CREATED, 29, SKIPPED, 1);
      assertThat(sandbox.requestLog().count("PATCH /block_senders/{id}")).isZero();
    }
  }
}
