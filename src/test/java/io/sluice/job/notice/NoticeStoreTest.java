package io.sluice.job.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a notice is to be sent. */
final class NoticeStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir private Path directory = Path.of("");

  @Test
  void aNoticeIsPutOffForAWhileAndNotAsLongAsAClockWasAhead() throws IOException {
    PrivateFiles.createDirectories(directory);
    try (Database database = Database.open(DatabaseSettings.embedded(directory))) {
      NoticeStore store = new NoticeStore(database);
      store.test("ops", "subject", "{}", NOW, (handle, id) -> {});
      Notice first = store.claim("ops", NOW, LEASE).orElseThrow();
      store.later(first, "no answer", NOW.plus(Duration.ofMinutes(30)));
      assertThat(store.claim("ops", NOW, LEASE)).isEmpty();

      Instant yearAgo = NOW.minus(Duration.ofDays(365));
      assertThat(store.claim("ops", yearAgo, LEASE)).isPresent();
      assertThat(store.claim("ops", yearAgo, LEASE)).isEmpty();
    }
  }
}
