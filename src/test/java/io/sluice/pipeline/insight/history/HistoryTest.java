package io.sluice.pipeline.insight.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changed between snapshots. */
final class HistoryTest {
  @TempDir private Path root = Path.of("");
  private final List<String> changes = new ArrayList<>();
  private final List<String> pairs = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void whatCameChangedAndWentIsReportedWithTheSnapshots() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"), sender("2", "b.test", "x"));
    snapshot("2026-11-02", sender("1", "a.test", "y"), sender("2", "b.test", "x"));
    snapshot("2026-11-03", sender("1", "a.test", "y"), sender("3", "c.test", "x"));

    HistorySummary summary = history(null, null);

    assertThat(changes)
        .containsExactly(
            "2026-11-01T020000Z 2026-11-02T020000Z changed DOMAIN a.test",
            "2026-11-02T020000Z 2026-11-03T020000Z created DOMAIN c.test",
            "2026-11-02T020000Z 2026-11-03T020000Z deleted DOMAIN b.test");
    assertThat(pairs).containsExactly("block-senders 0 1 0", "block-senders 1 0 1");
    assertThat(summary.json(List.of()).toString())
        .isEqualTo(
            "{\"summary\":{\"command\":\"history\",\"exit\":0,\"snapshots\":3,"
                + "\"first\":\"2026-11-01T020000Z\",\"last\":\"2026-11-03T020000Z\","
                + "\"created\":1,\"changed\":1,\"deleted\":1,\"damaged\":[],\"warnings\":[]}}");
  }

  @Test
  void aChangeIsOneObjectForScripts() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"));
    snapshot("2026-11-02", sender("1", "a.test", "y"));
    List<Change> found = new ArrayList<>();

    run(null, null, found);

    assertThat(found.get(0).json().toString())
        .isEqualTo(
            "{\"from\":\"2026-11-01T020000Z\",\"to\":\"2026-11-02T020000Z\","
                + "\"resource\":\"block-senders\",\"change\":\"changed\","
                + "\"key\":\"DOMAIN a.test\","
                + "\"fields\":{\"comments\":{\"before\":\"x\",\"after\":\"y\"}}}");
  }

  @Test
  void theLifeOfOneRecordIsFoundByKeyByPatternAndById() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"), sender("2", "b.test", "x"));
    snapshot("2026-11-02", sender("1", "a.test", "x"), sender("2", "b.test", "y"));
    snapshot("2026-11-03", sender("1", "a.test", "z"));

    for (String key : List.of("DOMAIN b.test", "B.test", "2")) {
      changes.clear();
      HistorySummary summary = history(key, null);

      assertThat(changes)
          .containsExactly(
              "2026-11-01T020000Z 2026-11-02T020000Z changed DOMAIN b.test",
              "2026-11-02T020000Z 2026-11-03T020000Z deleted DOMAIN b.test");
      assertThat(summary.there())
          .containsExactly(
              new HistorySummary.There("block-senders", "DOMAIN b.test", "2026-11-01T020000Z"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.7/32,198.51.100.7",
    "198.51.100.7/32,DOMAIN 198.51.100.7",
    "2001:0DB8:0:0::1,2001:db8::1",
    "xn--bcher-kva.test,Bücher.test",
    "Bücher.test,domain  xn--bcher-kva.test"
  })
  void aRecordIsFoundInAnotherSpelling(String pattern, String key) throws IOException {
    snapshot("2026-11-01", sender("1", pattern, "x"), sender("2", "b.test", "x"));

    assertThat(history(key, null).there())
        .containsExactly(
            new HistorySummary.There("block-senders", "DOMAIN " + pattern, "2026-11-01T020000Z"));
  }

  @Test
  void aKindThatASnapshotDoesNotHoldIsNotKnownThere() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"));
    SnapshotFiles.begin(root, "2026-11-02").with("trusted-domains", List.of()).end();
    snapshot("2026-11-03", sender("1", "a.test", "x"), sender("2", "b.test", "x"));

    history(null, null);

    assertThat(changes)
        .containsExactly("2026-11-01T020000Z 2026-11-03T020000Z created DOMAIN b.test");
  }

  @Test
  void aDamagedSnapshotIsLeftOutAndSaid() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"));
    Path damaged = snapshot("2026-11-02", sender("1", "a.test", "y"));
    Files.writeString(damaged.resolve("block-senders.jsonl"), "{}\n");
    snapshot("2026-11-03", sender("1", "a.test", "x"));

    HistorySummary summary = history(null, null);

    assertThat(summary.damaged()).containsExactly("2026-11-02T020000Z");
    assertThat(warnings).hasSize(1).allMatch(text -> text.endsWith("; left out"));
    assertThat(changes).isEmpty();
  }

  @Test
  void aSnapshotThatCannotBeReadIsLeftOutAndSaid() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"));
    Path unreadable = snapshot("2026-11-02", sender("1", "a.test", "y"));
    Files.writeString(unreadable.resolve("manifest.json"), "{");
    Files.createDirectory(root.resolve("2026-11-03T020000Z"));
    snapshot("2026-11-04", sender("1", "a.test", "x"));

    HistorySummary summary = history(null, null);

    assertThat(summary.damaged()).containsExactly("2026-11-02T020000Z", "2026-11-03T020000Z");
    assertThat(warnings).hasSize(2).allMatch(text -> text.endsWith("; left out"));
    assertThat(summary.json(warnings).at("/summary/exit").asInt()).isEqualTo(9);
    assertThat(warnings.get(1)).contains("2026-11-03T020000Z is not a snapshot: it holds no");

    assertThat(history(null, Instant.parse("2026-11-05T00:00:00Z")).damaged()).isEmpty();
  }

  @Test
  void aKindThatIsNotKnownIsNamedOnce() throws IOException {
    for (String day : List.of("2026-11-01", "2026-11-02")) {
      SnapshotFiles.begin(root, day)
          .with("block-senders", List.of(sender("1", "a.test", "x")))
          .with("quarantine-rules", List.of("{\"id\":\"1\"}"))
          .end();
    }
    history(null, null);
    assertThat(warnings)
        .containsExactly(
            "2026-11-01T020000Z: quarantine-rules is not known to this version of Sluice: left out; update Sluice");
  }

  @Test
  void oneSnapshotIsNoDirectoryOfSnapshots() throws IOException {
    Path one = snapshot("2026-11-01", sender("1", "a.test", "x"));
    root = one;

    assertThatThrownBy(() -> history(null, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is one snapshot");
  }

  @Test
  void whereNoSnapshotCanBeReadTheFaultIsSaid() throws IOException {
    Path unreadable = snapshot("2026-11-02", sender("1", "a.test", "y"));
    Files.writeString(unreadable.resolve("manifest.json"), "{");

    assertThatThrownBy(() -> history(null, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("its manifest.json cannot be read");
  }

  @Test
  void theHistorySinceATimeBeginsWithTheSnapshotBefore() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"));
    snapshot("2026-11-02", sender("1", "a.test", "y"));
    snapshot("2026-11-03", sender("1", "a.test", "z"));

    history(null, Instant.parse("2026-11-03T00:00:00Z"));

    assertThat(changes)
        .containsExactly("2026-11-02T020000Z 2026-11-03T020000Z changed DOMAIN a.test");
  }

  @Test
  void theSameLineTwiceIsTwoRecords() throws IOException {
    String twice = "{\"pattern\":\"a.test\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false}";
    snapshot("2026-11-01", twice, twice);
    snapshot("2026-11-02", twice);

    history(null, null);

    assertThat(changes)
        .containsExactly("2026-11-01T020000Z 2026-11-02T020000Z deleted DOMAIN a.test");
  }

  @Test
  void aDomainThatIsOnboardedOrGoesIsAChangeToo() throws IOException {
    SnapshotFiles.begin(root, "2026-11-01")
        .with("domains", List.of("{\"id\":\"1\",\"domain\":\"a.test\"}"))
        .end();
    SnapshotFiles.begin(root, "2026-11-02")
        .with("domains", List.of("{\"id\":\"2\",\"domain\":\"b.test\"}"))
        .end();

    history(null, null);

    assertThat(changes)
        .containsExactlyInAnyOrder(
            "2026-11-01T020000Z 2026-11-02T020000Z created b.test",
            "2026-11-01T020000Z 2026-11-02T020000Z deleted a.test");
  }

  @Test
  void snapshotsOfTwoAccountsAreRefused() throws IOException {
    snapshot("2026-11-01", sender("1", "a.test", "x"));
    Path other = snapshot("2026-11-02", sender("1", "a.test", "x"));
    Path manifest = other.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"account\"", "\"another\""));

    assertThatThrownBy(() -> history(null, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("holds snapshots of 2 accounts");
  }

  /** Random lists: what is found is what comparing by id finds. */
  @RepeatedTest(40)
  void nothingIsLost(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    Set<String> expected = new TreeSet<>();
    Map<String, String> before = null;
    for (int day = 1; day <= 5; day++) {
      Map<String, String> now = new TreeMap<>();
      List<String> lines = new ArrayList<>();
      for (int id = 0; id < 12; id++) {
        if (random.nextInt(3) > 0) {
          String comment = "c" + random.nextInt(2);
          now.put("d" + id + ".test", comment);
          lines.add(sender(String.valueOf(id), "d" + id + ".test", comment));
        }
      }
      snapshot("2026-11-0" + day, lines.toArray(String[]::new));
      if (before != null) {
        expect(expected, before, now, day);
      }
      before = now;
    }

    history(null, null);

    assertThat(new TreeSet<>(changes)).isEqualTo(expected);
    assertThat(changes).doesNotHaveDuplicates();
  }

  private static void expect(
      Set<String> expected, Map<String, String> before, Map<String, String> now, int day) {
    String pair = "2026-11-0" + (day - 1) + "T020000Z 2026-11-0" + day + "T020000Z ";
    before.forEach(
        (name, comment) -> {
          if (!now.containsKey(name)) {
            expected.add(pair + "deleted DOMAIN " + name);
          } else if (!comment.equals(now.get(name))) {
            expected.add(pair + "changed DOMAIN " + name);
          }
        });
    now.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> expected.add(pair + "created DOMAIN " + name));
  }

  private Path snapshot(String day, String... senders) throws IOException {
    return SnapshotFiles.begin(root, day).with("block-senders", List.of(senders)).end();
  }

  private static String sender(String id, String domain, String comment) {
    return "{\"id\":\""
        + id
        + "\",\"pattern\":\""
        + domain
        + "\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false,\"comments\":\""
        + comment
        + "\"}";
  }

  private HistorySummary history(@Nullable String key, @Nullable Instant since) throws IOException {
    return run(key, since, new ArrayList<>());
  }

  private HistorySummary run(@Nullable String key, @Nullable Instant since, List<Change> found)
      throws IOException {
    Path scratch = Files.createTempDirectory("history");
    Consumer<RunEvent> listener =
        event -> {
          if (event instanceof RunEvent.RecordChanged changed) {
            Change change = changed.change();
            found.add(change);
            changes.add(
                change.from()
                    + " "
                    + change.to()
                    + " "
                    + change.kind().label()
                    + " "
                    + change.difference().key());
          } else if (event instanceof RunEvent.SnapshotsCompared pair) {
            pairs.add(
                pair.resource()
                    + " "
                    + pair.created()
                    + " "
                    + pair.changed()
                    + " "
                    + pair.deleted());
          } else if (event instanceof RunEvent.Warning warning) {
            warnings.add(warning.text());
          }
        };
    HistorySummary summary =
        requireNonNull(
            History.of(
                    HistoryRequest.below(root, List.of(), key, since),
                    scratch,
                    new StopSignal(),
                    listener)
                .block());
    try (var left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
    Files.delete(scratch);
    return summary;
  }
}
