package io.sluice.pipeline.insight.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of one record, and since a time. */
final class HistoryQuestionsTest {
  @TempDir private Path root = Path.of("");
  private final List<String> changes = new ArrayList<>();

  @Test
  void sinceATimeAKindThatTheFirstSnapshotLacksIsComparedWithTheLastOneThatHoldsIt()
      throws IOException {
    senders("2026-11-01", sender("1", "a.test", "x"));
    senders("2026-11-02", sender("1", "a.test", "y"));
    SnapshotFiles.begin(root, "2026-11-03").with("trusted-domains", List.of()).end();
    senders("2026-11-05", sender("1", "a.test", "z"));

    HistorySummary summary = history(null, "2026-11-04T00:00:00Z");

    assertThat(changes).containsExactly("2026-11-02 2026-11-05 changed DOMAIN a.test");
    assertThat(summary.first()).isEqualTo("2026-11-02T020000Z");
    assertThat(summary.snapshots()).isEqualTo(3);
  }

  @Test
  void sinceATimeADamagedFirstSnapshotHidesNoChange() throws IOException {
    senders("2026-11-01", sender("1", "a.test", "x"));
    Path damaged = senders("2026-11-02", sender("1", "a.test", "y"));
    Files.writeString(damaged.resolve("block-senders.jsonl"), "{}\n");
    senders("2026-11-04", sender("1", "a.test", "z"));

    HistorySummary summary = history(null, "2026-11-03T00:00:00Z");

    assertThat(changes).containsExactly("2026-11-01 2026-11-04 changed DOMAIN a.test");
    assertThat(summary.damaged()).containsExactly("2026-11-02T020000Z");
  }

  @Test
  void aRecordThatCameLaterIsFoundByItsId() throws IOException {
    senders("2026-11-01", sender("1", "a.test", "x"));
    senders("2026-11-02", sender("1", "a.test", "x"), sender("2", "b.test", "x"));
    senders("2026-11-03", sender("1", "a.test", "x"));

    history("2", null);

    assertThat(changes)
        .containsExactly(
            "2026-11-01 2026-11-02 created DOMAIN b.test",
            "2026-11-02 2026-11-03 deleted DOMAIN b.test");
  }

  @Test
  void aTypeIsNoRecord() throws IOException {
    senders("2026-11-01", sender("1", "a.test", "x"));
    senders("2026-11-02", sender("1", "a.test", "y"));

    assertThat(history("domain", null).there()).isEmpty();
    assertThat(changes).isEmpty();
  }

  @Test
  void anExpressionOverUrlsIsAnotherOneInAnotherCase() throws IOException {
    SnapshotFiles.begin(root, "2026-11-01")
        .with(
            "url-ignore-patterns",
            List.of("{\"pattern\":\"x.test/A\"}", "{\"pattern\":\"x.test/a\"}"))
        .end();

    assertThat(history("x.test/A", null).there()).hasSize(1);
  }

  @Test
  void aPersonWithSeveralAddressesIsFoundByThem() throws IOException {
    people("2026-11-01", "{\"id\":\"1\",\"email\":\"a@x.test, b@x.test\",\"name\":\"Bo Lind\"}");

    for (String key : List.of("a@x.test, b@x.test", "Bo Lind", "A@x.test, b@x.test bo lind")) {
      assertThat(history(key, null).there()).as(key).hasSize(1);
    }
    assertThat(history("Lind", null).there()).isEmpty();
  }

  @Test
  void whatNoClientCanDeleteIsDeletedEvenIfItHasNoId() throws IOException {
    people(
        "2026-11-01",
        "{\"email\":\"a@x.test\",\"name\":\"A\",\"provenance\":\"SNOOPY-OFFICE_365\"}");
    people("2026-11-02");

    history(null, null);

    assertThat(changes).containsExactly("2026-11-01 2026-11-02 deleted a@x.test A");
  }

  private Path senders(String day, String... senders) throws IOException {
    return SnapshotFiles.begin(root, day).with("block-senders", List.of(senders)).end();
  }

  private void people(String day, String... people) throws IOException {
    SnapshotFiles.begin(root, day).with("impersonation-registry", List.of(people)).end();
  }

  private static String sender(String id, String domain, String comment) {
    return String.format(
        "{\"id\":\"%s\",\"pattern\":\"%s\",\"pattern_type\":\"DOMAIN\",\"comments\":\"%s\"}",
        id, domain, comment);
  }

  private HistorySummary history(@Nullable String key, @Nullable String since) throws IOException {
    Instant time = since == null ? null : Instant.parse(since);
    return requireNonNull(
        History.of(
                HistoryRequest.below(root, List.of(), key, time),
                Files.createTempDirectory(root, ".scratch"),
                new StopSignal(),
                this::note)
            .block());
  }

  private void note(RunEvent event) {
    if (event instanceof RunEvent.RecordChanged changed) {
      Change change = changed.change();
      changes.add(
          String.join(
              " ",
              change.from().substring(0, 10),
              change.to().substring(0, 10),
              change.kind().label(),
              change.difference().key()));
    }
  }
}
