package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A service that ends in the middle of a job goes on with it at its next start, unasked. */
@Tag("slow")
final class RestartedServiceIT {
  private static final int ROWS = 2_000;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(50)).start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void afterKillsTheJobIsFinishedAndNothingIsMadeTwice() throws Exception {
    String job;
    try (ServiceProcess service = service()) {
      job = begun(service);
      awaitCreated(ROWS / 4);
      service.kill();
    }
    try (ServiceProcess service = service()) {
      awaitCreated(ROWS / 2);
      service.kill();
    }
    assertGoesOnToTheEnd(job);
  }

  @Test
  void afterSigtermTheJobIsFinishedAndNothingIsMadeTwice() throws Exception {
    String job;
    try (ServiceProcess service = service()) {
      job = begun(service);
      awaitCreated(ROWS / 3);
      assertThat(service.terminate()).isEqualTo(130);
    }
    long made = sandbox.account().count(BlockList.RESOURCE);
    assertThat(made).isLessThan(ROWS);
    assertThat(new RunFiles(directory.resolve("data/jobs").resolve(job)).outcomes())
        .describedAs("what was in flight is recorded")
        .containsEntry("created", made);

    assertGoesOnToTheEnd(job);
  }

  private void assertGoesOnToTheEnd(String job) throws Exception {
    try (ServiceProcess service = service()) {
      JsonNode ended = service.jobs().awaitEnd(job);
      assertThat(ended.path("exit").intValue()).describedAs("%s", ended).isZero();
      assertThat(service.terminate()).isEqualTo(130);
    }
    RunFiles files = new RunFiles(directory.resolve("data/jobs").resolve(job));
    files.assertAddsUp(ROWS);
    assertThat(files.outcomes()).isEqualTo(Map.of("created", (long) ROWS));
    assertThat(sandbox.account().count(BlockList.RESOURCE)).isEqualTo(ROWS);
    assertThat(sandbox.account().creations(BlockList.RESOURCE).values())
        .hasSize(ROWS)
        .containsOnly(1);
  }

  private ServiceProcess service() throws Exception {
    String profile = TwoAccounts.profile("one", sandbox.account().id(), sandbox);
    Files.write(directory.resolve(TwoAccounts.CONFIG), List.of("profiles:", profile));
    SluiceProcess sluice = new SluiceProcess(directory).with("TOKEN_ONE", sandbox.token()).quick();
    return ServiceProcess.start(sluice, "--data-dir", "data", "--config", TwoAccounts.CONFIG);
  }

  private static String begun(ServiceProcess service) {
    String upload = service.jobs().upload("rows.csv", ServiceProcess.senders(0, ROWS));
    return service.jobs().imported("one", upload, "{\"strategy\":\"rows\"}");
  }

  private void awaitCreated(int records) {
    Eventually.is(() -> sandbox.account().count(BlockList.RESOURCE), count -> count >= records);
  }
}
