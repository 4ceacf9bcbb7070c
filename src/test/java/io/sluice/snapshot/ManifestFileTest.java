package io.sluice.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest that Sluice did not write leads nowhere. */
final class ManifestFileTest {
  @TempDir private Path directory = Path.of("");
  private Path snapshot = Path.of("");
  private String whole = "";

  @BeforeEach
  void makeOne() throws IOException {
    try (SnapshotRoot root = SnapshotRoot.open(directory)) {
      snapshot = new SnapshotRig(root).at(0).directory();
      whole = Files.readString(snapshot.resolve(Manifest.FILE));
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Manifest manifest = Snapshot.open(snapshot).manifest();
    assertThat(manifest.accountId()).isEqualTo("acc");
    assertThat(manifest.rows()).isEqualTo(3);
    assertThat(manifest.consistent()).isTrue();
    assertThat(manifest.resources().get(0).serverTotalCount()).isEqualTo(3);
    assertThat(whole).contains("\"format_version\" : 1", "\"server_total_count\" : 3");
    assertThat(whole).contains("\"finished_at\" : \"2026-11-21T02:00:00Z\"");
  }

  @Test
  void filtersAreSaidInWords() throws IOException {
    String filters = "\"filters\" : { \"domain\" : [ \"a.example\", \"b.example\" ] }";
    String narrowed = whole.replaceFirst("\"filters\" : \\{ }", filters);

    assertThat(opened(narrowed).resources().get(0).where())
        .isEqualTo("domain=a.example and domain=b.example");
    assertThat(opened(whole).resources().get(0).where()).isEmpty();
  }

  @Test
  void fieldsOfTheFutureArePassedOver() throws IOException {
    assertThat(opened(whole.replace("\"rows\"", "\"new\" : [{}], \"rows\"")).rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "..",
        ".",
        "/etc/passwd",
        "a/b",
        "a\\\\b",
        "",
        ".hidden",
        "x\\u0000y",
        "ä",
        "../../../../etc/passwd",
        "C:x",
        "-rf"
      })
  void aFileOutsideItsOwnDirectoryIsRefused(String name) {
    assertRefused(whole.replace("block-senders.jsonl", name), "a file outside its own directory");
  }

  @Test
  void aNewerFormatIsRefusedByNamingBothVersions() {
    assertRefused(whole.replace("\"format_version\" : 1", "\"format_version\" : 2"), "is 2");
    assertRefused(
        "{\"format_version\":7,\"resources\":{\"entirely\":\"different\"}}", "version is 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "7",
        "\"x\"",
        "{",
        "{\"format_version\":null}",
        "{\"format_version\":\"x\"}",
        "{\"format_version\":1}",
        "not json",
        "\u0000"
      })
  void whatIsNoManifestIsRefused(String text) {
    assertRefused(text, "manifest.json");
  }

  @Test
  void aKindThatIsNotOfferedHasAReason() {
    String lacking = "\"unavailable\" : [ {\"resource\":\"domains\",\"http_status\":403} ]";
    assertThat(whole).contains("\"unavailable\" : [ ]");
    assertRefused(whole.replace("\"unavailable\" : [ ]", lacking), "lacks fields");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account_id",
        "base_url",
        "started_at",
        "finished_at",
        "resources",
        "resource",
        "file",
        "format",
        "sha256",
        "filters"
      })
  void everyFieldThatReadersNeedMustBeThere(String field) {
    assertRefused(whole.replace("\"" + field + "\" :", "\"x_" + field + "\" :"), "manifest.json");
  }

  @Test
  void anEmptyPlaceInTheListIsRefused() {
    assertRefused(whole.replaceFirst("(?s)\"resources\" : \\[.*\\]", "\"resources\":[null]"), "");
  }

  @Test
  void anEmptyFileIsSaidToBeDamaged() {
    assertRefused("", "is empty: what was saved here is damaged; use another one");
  }

  @Test
  void aHugeFileIsRefusedUnread() {
    assertRefused(whole + " ".repeat(1 << 20), "too large");
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused("{\"x\":" + "[".repeat(100_000), "cannot be read");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path file = snapshot.resolve(Manifest.FILE);
    Path elsewhere = Files.move(file, directory.resolve("elsewhere.json"));
    Files.createSymbolicLink(file, elsewhere);
    assertThatThrownBy(() -> Snapshot.open(snapshot)).isInstanceOf(NotASnapshotException.class);
  }

  @Test
  void aDirectoryWithoutAManifestIsNoSnapshot() {
    assertThatThrownBy(() -> Snapshot.open(directory))
        .isInstanceOf(NotASnapshotException.class)
        .hasMessageContaining("holds no manifest.json");
  }

  @Test
  void brokenSnapshotsArePassedOverWhenListing() throws IOException {
    for (String text : List.of("null", "{}", "{\"resources\":[null]}")) {
      Files.writeString(snapshot.resolve(Manifest.FILE), text);
      assertThat(Snapshot.in(directory)).isEmpty();
    }
  }

  private Manifest opened(String text) throws IOException {
    Files.writeString(snapshot.resolve(Manifest.FILE), text);
    return Snapshot.open(snapshot).manifest();
  }

  private void assertRefused(String text, String why) {
    assertThat(text).isNotEqualTo(whole);
    assertThatThrownBy(() -> opened(text))
        .isInstanceOf(NotASnapshotException.class)
        .hasMessageContaining("is not a snapshot: ")
        .hasMessageContaining(why);
  }
}
