package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.MigrateSpec;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of two accounts: what one of them refuses is told with its name. */
final class AccountErrorJobsTest {
  private static final List<String> LIST = List.of("block-senders");

  @TempDir private Path directory = Path.of("");

  @Test
  void theAccountThatRefusesIsNamed() throws IOException {
    try (Sandbox here = JobRig.sandbox().start();
        Sandbox elsewhere = Sandbox.builder().account("far").seed(9).start();
        JobRig rig = JobRig.embedded(directory, here)) {
      here.account("00000000000000000000000000000001").seed("block_senders", 3);
      rig.addProfile("far", elsewhere, "far");

      refused(rig, new DiffSpec("profile:one", "profile:far", LIST), "profile:far: GET ");
      refused(rig, new MigrateSpec("far", "one", LIST, null), "far: GET ");
      refused(rig, new MigrateSpec("one", "far", LIST, null), "far: GET ");
    }
  }

  private static void refused(JobRig rig, JobSpec spec, String begins) {
    Job ended = rig.awaitEnd(rig.submit(spec, "me").id());

    assertThat(ended.exit()).isEqualTo(5);
    assertThat(ended.summary()).contains("\"message\":\"" + begins);
  }
}
