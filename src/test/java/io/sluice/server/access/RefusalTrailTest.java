package io.sluice.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.audit.AuditEntry;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A flood of refusals makes a bounded number of entries, the last of which counts the rest. */
final class RefusalTrailTest {
  @TempDir private Path directory = Path.of("");
  private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

  @Test
  void theRestAreCountedInOneEntry() throws IOException {
    PrivateFiles.createDirectories(directory);
    try (Database database = Database.open(DatabaseSettings.embedded(directory))) {
      flood(database);
    }
  }

  @Tag("slow")
  @Test
  void theRestAreCountedInOneEntryOfPostgres() throws IOException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        Database database =
            Database.open(
                new DatabaseSettings(
                    postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"))) {
      flood(database);
    }
  }

  private void flood(Database database) {
    AuditTrail trail = new AuditTrail(database, Clock.systemUTC());
    RefusalTrail refusals = new RefusalTrail(trail, timer);
    for (int i = 0; i < 1_000; i++) {
      refuse(refusals, "192.0.2." + i % 4);
    }
    assertThat(trail.check().entries()).isEqualTo(4 * RefusalTrail.FROM_ONE);
    for (int i = 0; i < 1_000; i++) {
      refuse(refusals, "2001:db8::" + i);
    }
    assertThat(trail.check().entries()).isEqualTo(RefusalTrail.IN_ALL);

    timer.advanceTimeBy(RefusalTrail.WINDOW);

    List<AuditEntry> last =
        Eventually.is(
            () -> trail.latest(null, null, "refusals.more", null, 2), some -> !some.isEmpty());
    assertThat(last).hasSize(1);
    assertThat(last.get(0).event().detail()).startsWith("1900 more");
    refuse(refusals, "192.0.2.1");
    assertThat(trail.check().entries()).isEqualTo(RefusalTrail.IN_ALL + 2);
    assertThat(trail.check().faults()).isEmpty();
  }

  private static void refuse(RefusalTrail refusals, String address) {
    refusals
        .note(address, new AuditEvent("nobody", address, "sign_in.refused", "", "", "", "no"))
        .block();
  }
}
