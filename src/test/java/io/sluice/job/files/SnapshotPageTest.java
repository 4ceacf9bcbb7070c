package io.sluice.job.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots come page by page, each once, and only those of the page are read. */
final class SnapshotPageTest {
  @TempDir private Path root = Path.of("");

  private JobFiles files() throws IOException {
    return new JobFiles(root);
  }

  private void snapshot(String place, String name, String account) throws IOException {
    Files.writeString(
        directory(place, name).resolve("manifest.json"),
        """
        {"format_version": 1, "tool_version": "test", "account_id": "ACCOUNT",
         "base_url": "http://a",
         "started_at": "2026-11-21T02:00:00Z", "finished_at": "2026-11-21T02:00:01Z",
         "resources": [{"resource": "domains", "file": "domains.jsonl", "format": "jsonl",
           "gzip": false, "rows": 0, "bytes": 0, "sha256": "x", "pages": 0,
           "server_total_count": 0, "filters": {}, "consistent": true}]}
        """
            .replace("ACCOUNT", account));
  }

  private Path directory(String place, String name) throws IOException {
    return Files.createDirectories(files().snapshots(place).resolve(name));
  }

  private static String night(int day) {
    return "2026-11-0" + day + "T020000Z";
  }

  /** Follows the pages to their end: the ids that can be read, and those that cannot. */
  private List<String> followed(@Nullable String account, int most, List<String> unreadable)
      throws IOException {
    List<String> ids = new ArrayList<>();
    String before = null;
    do {
      SnapshotPage page = SnapshotPage.of(files(), account, before, most);
      assertThat(page.snapshots().size() + page.unreadable().size()).isBetween(1, most);
      page.snapshots().stream().map(JobFiles::snapshotId).forEach(ids::add);
      unreadable.addAll(page.unreadable().keySet());
      assertThat(page.accounts()).containsExactly("a", "b");
      before = page.next();
    } while (before != null);
    return ids;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void whateverTheirSizeThePagesShowEachSnapshotOnceTheNewestFirst(int most) throws IOException {
    snapshot("a", night(1), "a");
    snapshot("b", night(2), "b");
    snapshot("a", night(3), "a");
    snapshot("b", night(3), "b");
    snapshot("b", night(4), "a");
    directory("a", night(5));
    directory("a", "notes");

    List<String> unreadable = new ArrayList<>();
    assertThat(followed(null, most, unreadable))
        .containsExactly("b~" + night(3), "a~" + night(3), "b~" + night(2), "a~" + night(1));
    assertThat(unreadable).containsExactlyInAnyOrder("a~" + night(5), "b~" + night(4));

    unreadable.clear();
    assertThat(followed("a", most, unreadable)).containsExactly("a~" + night(3), "a~" + night(1));
    assertThat(unreadable).containsExactly("a~" + night(5));
  }

  @Test
  void aPageBehindOneThatIsGoneGoesOnWhereThatOneWas() throws IOException {
    snapshot("a", night(1), "a");
    snapshot("a", night(3), "a");
    SnapshotPage page = SnapshotPage.of(files(), null, "a~" + night(2), 10);
    assertThat(page.snapshots()).extracting(JobFiles::snapshotId).containsExactly("a~" + night(1));
  }

  @Test
  void thosePastThePageAreNotOpened() throws IOException {
    snapshot("a", night(2), "a");
    directory("a", night(1));
    SnapshotPage page = SnapshotPage.of(files(), null, null, 1);
    assertThat(page.snapshots()).hasSize(1);
    assertThat(page.unreadable()).isEmpty();
    assertThat(page.next()).isEqualTo("a~" + night(2));
    assertThat(Snapshot.in(files().snapshots("a"))).hasSize(1);
  }
}
