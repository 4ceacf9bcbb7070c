package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.Listing;
import io.sluice.catalog.Catalog;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An export that finds an earlier snapshot asks for as many pages at once as that one had. */
final class ExpectedPagesTest {
  private static final String LIST = "block_senders";
  private static final int ROWS = 4_900;

  @TempDir private Path root = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private ExportRig rig() {
    return new ExportRig(sandbox, root);
  }

  private SandboxAccount account() {
    return sandbox.account();
  }

  private void exportBefore() {
    exportBefore(LIST);
  }

  /** An earlier snapshot, of {@value #ROWS} records on five pages. */
  private void exportBefore(String list) {
    account().seed(list, ROWS);
    Clock yesterday = Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC);
    rig().of(Listing.of(Catalog.get(list))).at(yesterday).export();
    sandbox.requestLog().reset();
  }

  private Snapshot exportAgain() throws IOException {
    Snapshot snapshot = rig().export().snapshot();
    List<String> stored = Files.readAllLines(snapshot.file(onlyEntry(snapshot)));
    assertThat(stored).doesNotHaveDuplicates().hasSize((int) account().count(LIST));
    assertThat(snapshot.manifest().consistent()).isTrue();
    return snapshot;
  }

  private static ResourceEntry onlyEntry(Snapshot snapshot) {
    assertThat(snapshot.manifest().resources()).hasSize(1);
    return snapshot.manifest().resources().get(0);
  }

  private void firstPageIsLate(String list) {
    sandbox.faults().onPage(list, 1).times(1).then(Fault.delay(Duration.ofMillis(300)));
  }

  /** The first page is late; true if the fifth was answered all the same. */
  private boolean exportsWithoutWaiting() throws IOException {
    sandbox.requestLog().reset();
    firstPageIsLate(LIST);
    exportAgain();
    List<String> pages =
        sandbox.requestLog().calls().stream()
            .map(call -> call.query().replaceFirst(".*&page=", ""))
            .toList();
    return pages.indexOf("5") < pages.indexOf("1");
  }

  @Test
  void theFirstExportHasToWaitAndTheSecondDoesNot() throws IOException {
    exportBefore();
    assertThat(exportsWithoutWaiting()).isTrue();
    assertThat(sandbox.requestLog().total()).describedAs("5 pages, read twice").isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"account_id\" : \".*?\"|\"account_id\" : \"another\"",
        "\"base_url\" : \".*?\"|\"base_url\" : \"http://127.0.0.1:9\"",
        "\"filters\" : \\{ *}|\"filters\" : { \"pattern\" : [ \"a\" ] }",
        "\"resource\" : \"block-senders\"|\"resource\" : \"domains\"",
        "\"resources\"|\"sources\""
      })
  void snapshotsOfOthersAndDamagedOnesTellNothing(String from, String to) throws IOException {
    exportBefore();
    Path manifest = Snapshot.in(root).get(0).directory().resolve(Manifest.FILE);
    String sound = Files.readString(manifest);
    String changed = sound.replaceFirst(from, to);
    assertThat(changed).isNotEqualTo(sound);
    Files.writeString(manifest, changed);
    assertThat(exportsWithoutWaiting()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1_000, 3_999, 9_001})
  void howeverManyThereAreNowAllAreReadOnce(int now) throws IOException {
    exportBefore();
    List<String> ids =
        account().records(LIST).stream().map(record -> record.get("id").stringValue()).toList();
    ids.stream().skip(Math.min(now, ROWS)).forEach(id -> account().remove(LIST, id));
    account().seed(LIST, Math.max(0, now - ROWS));
    Snapshot snapshot = exportAgain();
    int pages = onlyEntry(snapshot).pages();
    assertThat(pages).isEqualTo((now + 999) / 1_000);
    assertThat(sandbox.requestLog().total()).isLessThanOrEqualTo(Math.max(5, pages) + pages + 1);
  }

  @Test
  void aListThatMovesUnderTheFirstPagesIsReadAgain() throws IOException {
    moves(account -> account.remove(LIST, firstId()));
  }

  @Test
  void anAdditionDoesNotHideARemovalUnderTheFirstPages() throws IOException {
    moves(
        account -> {
          account.remove(LIST, firstId());
          account.seed(LIST, 1);
        });
  }

  private void moves(Consumer<SandboxAccount> change) throws IOException {
    exportBefore();
    for (int page = 2; page <= 5; page++) {
      sandbox.faults().onPage(LIST, page).times(1).then(Fault.then(change));
    }
    exportAgain();
  }

  private String firstId() {
    return account().records(LIST).get(0).get("id").stringValue();
  }

  @Test
  void aKindThatIsLackingNowIsNotedWhicheverPageSaysSoFirst() {
    exportBefore("content_policies");
    account().lacks("content_policies");
    firstPageIsLate("content_policies");
    Manifest manifest = rig().ofEverything().export().snapshot().manifest();
    assertThat(manifest.unavailable())
        .extracting(Unavailable::resource)
        .containsExactly("content-policies");
  }

  @Test
  void aLaterPageThatIsRefusedMeansNoLackingKind() throws IOException {
    exportBefore("content_policies");
    firstPageIsLate("content_policies");
    sandbox.faults().onPage("content_policies", 3).then(Fault.status(403, 9109, "not allowed"));
    assertThat(Diagnosis.of(catchThrowable(() -> rig().ofEverything().export())))
        .extracting(Failure::exit)
        .isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(Snapshot.in(root)).hasSize(1);
  }
}
