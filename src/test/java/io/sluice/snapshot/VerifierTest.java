package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was done to a snapshot's file, its verification fails and says what. */
final class VerifierTest {
  @TempDir private Path directory = Path.of("");
  private @org.jspecify.annotations.Nullable SnapshotRoot open;

  @BeforeEach
  void begin() throws IOException {
    open = SnapshotRoot.open(directory);
  }

  @AfterEach
  void end() throws IOException {
    if (open != null) {
      open.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUntouchedSnapshotIsSound(boolean gzip) throws IOException {
    Verification verification = verify(gzip ? rig().compressed().at(0) : rig().at(0));
    assertThat(verification.sound()).isTrue();
    assertThat(verification.files().get(0).rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anySingleFlippedBitIsFound(boolean gzip) throws IOException {
    Snapshot snapshot = gzip ? rig().compressed().at(0) : rig().at(0);
    Path file = file(snapshot);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      assertThat(problems(snapshot)).describedAs("byte %d", i).contains("sha256 differs");
    }
  }

  @Test
  void aMissingLineIsCounted() throws IOException {
    Snapshot snapshot = rig().at(0);
    Files.writeString(file(snapshot), SnapshotRig.ROWS.substring(11));
    assertThat(problems(snapshot)).contains("22 bytes instead of 33", "2 rows instead of 3");
  }

  @Test
  void anExtraLineIsCounted() throws IOException {
    Snapshot snapshot = rig().at(0);
    Files.writeString(file(snapshot), SnapshotRig.ROWS + "{}\n");
    assertThat(problems(snapshot)).contains("36 bytes instead of 33", "4 rows instead of 3");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Snapshot snapshot = rig().at(0);
    Files.delete(file(snapshot));
    assertThat(problems(snapshot)).isEqualTo("missing");
  }

  @Test
  void aFileReplacedByALinkIsNotRead() throws IOException {
    Snapshot snapshot = rig().at(0);
    Path elsewhere = Files.move(file(snapshot), directory.resolve("elsewhere"));
    Files.createSymbolicLink(file(snapshot), elsewhere);
    assertThat(problems(snapshot)).isEqualTo("not a plain file");
  }

  @Test
  void aDirectoryInPlaceOfAFileIsNamed() throws IOException {
    Snapshot snapshot = rig().at(0);
    Files.delete(file(snapshot));
    Files.createDirectory(file(snapshot));
    assertThat(problems(snapshot)).isEqualTo("not a plain file");
  }

  @Test
  void aGzipFileCutAnywhereIsFoundAndSaidInWords() throws IOException {
    Snapshot snapshot = rig().compressed().at(0);
    byte[] bytes = Files.readAllBytes(file(snapshot));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file(snapshot), Arrays.copyOf(bytes, length));
      assertThat(problems(snapshot))
          .describedAs("cut at %d", length)
          .contains("bytes instead of", "sha256 differs")
          .doesNotContain("null");
    }
  }

  @Test
  void bytesBehindTheGzipAreFound() throws IOException {
    Snapshot snapshot = rig().compressed().at(0);
    byte[] bytes = Files.readAllBytes(file(snapshot));
    Files.write(file(snapshot), Arrays.copyOf(bytes, bytes.length + 5));
    assertThat(problems(snapshot)).contains("bytes instead of", "sha256 differs");
  }

  @Test
  void aManifestThatLiesAboutItsRowsIsFound() throws IOException {
    Snapshot snapshot = rig().at(0);
    SnapshotRig.edit(snapshot, "\"rows\" : 3", "\"rows\" : 4");
    assertThat(problems(Snapshot.open(snapshot.directory()))).isEqualTo("3 rows instead of 4");
  }

  private SnapshotRig rig() {
    return new SnapshotRig(java.util.Objects.requireNonNull(open));
  }

  private static Path file(Snapshot snapshot) {
    return snapshot.file(snapshot.manifest().resources().get(0));
  }

  private static String problems(Snapshot snapshot) throws IOException {
    Verification verification = verify(snapshot);
    assertThat(verification.sound()).isFalse();
    return String.join("; ", verification.files().get(0).problems());
  }

  private static Verification verify(Snapshot snapshot) throws IOException {
    return Verifier.verify(snapshot);
  }

  @Test
  void theRowsMayBeLeftUnread() throws Exception {
    Snapshot snapshot = rig().at(0);
    byte[] rows = ("no record\n" + SnapshotRig.ROWS.repeat(100_000)).getBytes(UTF_8);
    Files.write(file(snapshot), rows);
    ResourceEntry entry = snapshot.manifest().resources().get(0);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rows));
    SnapshotRig.edit(snapshot, String.valueOf(entry.sha256()), digest);
    SnapshotRig.edit(snapshot, "\"bytes\" : 33", "\"bytes\" : " + rows.length);
    assertThat(problems(Snapshot.open(snapshot.directory())))
        .isEqualTo("line 1 is not a JSON record");
  }
}
