package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Listing;
import io.sluice.catalog.Catalog;
import io.sluice.pipeline.exports.SnapshotExportTest;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listing is read to its end however it is told, and once more when it moved. */
final class ListingReaderTest {
  private static final String LIST = "block_senders";

  @TempDir private Path root = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource({"0,1,0", "1,1,1", "999,1,1", "1000,1,1", "1001,4,2", "2000,4,2", "3000,6,3"})
  void aListOfAnyLengthTakesNoMoreCallsThanItNeeds(int rows, int calls, int pages) {
    sandbox.account().seed(LIST, rows);
    ResourceEntry entry = entry(rig().export().snapshot());
    assertThat(entry.rows()).isEqualTo(rows);
    assertThat(entry.pages()).isEqualTo(pages);
    assertThat(entry.consistent()).isTrue();
    assertThat(sandbox.requestLog().total()).isLessThanOrEqualTo(calls + 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {999, 1000, 2000, 2001, 9000})
  void withoutATotalTheFirstShortPageIsTheEnd(int rows) throws IOException {
    sandbox.account().seed(LIST, rows);
    sandbox.faults().onList(LIST).then(Fault.noTotal());
    Snapshot snapshot = rig().export().snapshot();
    assertThat(SnapshotExportTest.lines(snapshot, Catalog.get(LIST)))
        .isEqualTo(SnapshotExportTest.records(sandbox, Catalog.get(LIST)));
    assertThat(entry(snapshot).serverTotalCount()).isNull();
    assertThat(snapshot.manifest().consistent()).isTrue();
  }

  @Test
  void withFiltersTheTotalSaysNothing() {
    sandbox.account().seed(LIST, 4_000);
    sandbox.faults().onList(LIST).then(Fault.total(4_000));
    Listing filtered =
        Listing.of(Catalog.get(LIST)).where(Map.of("pattern_type", List.of("DOMAIN")));
    Snapshot snapshot = rig().of(filtered).export().snapshot();
    assertThat(snapshot.manifest().consistent()).isTrue();
    assertThat(entry(snapshot).rows()).isBetween(1L, 3_999L);
    assertThat(entry(snapshot).serverTotalCount()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 999, 4_000_000_000_000L})
  void anAbsurdTotalIsReportedAndEndsWhereTheListEnds(long total) throws IOException {
    sandbox.account().seed(LIST, 2_500);
    sandbox.faults().onList(LIST).then(Fault.total(total));
    Snapshot snapshot = rig().export().snapshot();
    assertThat(snapshot.manifest().consistent()).isFalse();
    assertThat(SnapshotExportTest.lines(snapshot, Catalog.get(LIST)))
        .isEqualTo(SnapshotExportTest.records(sandbox, Catalog.get(LIST)));
    // Three readings, each with no more than four times as many pages ahead as may be in flight.
    assertThat(sandbox.requestLog().total()).isLessThanOrEqualTo(3 * (3 + 4 * 16));
  }

  @Test
  void aListThatShrankBetweenPagesIsReadAgainAndSaidToHaveShrunk() {
    sandbox.account().seed(LIST, 3_000);
    sandbox
        .faults()
        .onPage(LIST, 1)
        .times(1)
        .then(
            Fault.then(
                account ->
                    account.remove(
                        LIST, account.records(LIST).get(2_500).get("id").stringValue())));
    ExportRig rig = rig();
    assertThat(rig.export().snapshot().manifest().consistent()).isTrue();
    assertThat(rig.moves()).singleElement().asString().contains("shrank from 3000 to 2999");
  }

  private ExportRig rig() {
    return new ExportRig(sandbox, root);
  }

  private static ResourceEntry entry(Snapshot snapshot) {
    return snapshot.manifest().resources().get(0);
  }
}
