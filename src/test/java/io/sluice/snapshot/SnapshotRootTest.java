package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.disk.DirectoryInUseException;
import io.sluice.disk.DirectoryLock;
import io.sluice.disk.StoredFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be in a directory of snapshots, and what is found and left there. */
final class SnapshotRootTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aSecondRunInTheSameProcessIsRefused() throws IOException {
    try (SnapshotRoot first = SnapshotRoot.open(directory)) {
      assertThatThrownBy(() -> SnapshotRoot.open(directory))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessageContaining(directory.toString());
      assertThat(first.snapshots()).isEmpty();
    }
    SnapshotRoot.open(directory).close();
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    try (SnapshotRoot first = SnapshotRoot.open(directory)) {
      assertThat(first.snapshots()).isEmpty();
      assertThat(otherProcess()).isEqualTo("in use");
    }
    assertThat(otherProcess()).startsWith("taken");
  }

  @Test
  void aRefusedSecondRunDoesNotOpenTheDoorToAnotherProcess() throws Exception {
    try (SnapshotRoot first = SnapshotRoot.open(directory)) {
      assertThat(first.snapshots()).isEmpty();
      assertThatThrownBy(() -> SnapshotRoot.open(directory))
          .isInstanceOf(DirectoryInUseException.class);
      assertThat(otherProcess()).isEqualTo("in use");
    }
  }

  @Test
  void aLinkToTheSameDirectoryIsTheSameDirectory() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    try (SnapshotRoot first = SnapshotRoot.open(directory)) {
      assertThat(first.snapshots()).isEmpty();
      assertThatThrownBy(() -> SnapshotRoot.open(link)).isInstanceOf(DirectoryInUseException.class);
    }
  }

  @Test
  void aLockFileThatIsALinkIsNotFollowed() throws IOException {
    Path precious = Files.writeString(directory.resolve("precious"), "x");
    Files.createSymbolicLink(directory.resolve(DirectoryLock.FILE), precious);
    assertThatThrownBy(() -> SnapshotRoot.open(directory)).isInstanceOf(IOException.class);
    assertThat(precious).hasContent("x");
  }

  @Test
  void whatIsLeftOfACrashIsSweptAndNothingElse() throws IOException {
    for (String mine :
        new String[] {".2026-11-20T020000Z.partial", ".2026-11-20T020000Z.removing"}) {
      Files.writeString(Files.createDirectory(directory.resolve(mine)).resolve("x"), "x");
    }
    String[] foreign = {
      ".git", ".2026.partial", "2026-11-20T020000Z.partial", ".partial", ".2026-11-20T020000Z.old"
    };
    for (String name : foreign) {
      Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("x"), "x");
    }
    Path file = Files.writeString(directory.resolve(".2026-11-21T020000Z.partial"), "a file");

    SnapshotRoot.open(directory).close();

    assertThat(directory.resolve(".2026-11-20T020000Z.partial")).doesNotExist();
    assertThat(directory.resolve(".2026-11-20T020000Z.removing")).doesNotExist();
    for (String name : foreign) {
      assertThat(directory.resolve(name).resolve("x")).exists();
    }
    assertThat(file).exists();
  }

  @Test
  void aLeftoverThatIsALinkIsNotFollowed() throws IOException {
    Path precious = Files.createDirectory(directory.resolve("precious"));
    Files.writeString(precious.resolve("x"), "x");
    Files.createSymbolicLink(directory.resolve(".2026-11-20T020000Z.partial"), precious);
    SnapshotRoot.open(directory).close();
    assertThat(precious.resolve("x")).exists();
  }

  @Test
  void aNameThatIsTakenIsEmptyForTheCaller() throws IOException {
    try (SnapshotRoot root = SnapshotRoot.open(directory)) {
      new SnapshotRig(root).at(0);
      assertThat(root.begin(SnapshotRig.NIGHT)).isEmpty();
      Files.createFile(directory.resolve("2026-11-21T020001Z"));
      assertThat(root.begin(SnapshotRig.NIGHT.plusSeconds(1))).isEmpty();
      assertThat(root.begin(SnapshotRig.NIGHT.plusSeconds(2))).isPresent();
    }
  }

  @Test
  void aDiscardedDraftLeavesNothing() throws IOException {
    try (SnapshotRoot root = SnapshotRoot.open(directory)) {
      SnapshotDraft draft = root.begin(SnapshotRig.NIGHT).orElseThrow();
      Files.writeString(draft.directory().resolve("x"), "x");
      assertThat(directory.resolve("2026-11-21T020000Z")).doesNotExist();
      draft.discard();
      draft.discard();
      assertThat(draft.directory()).doesNotExist();
    }
  }

  @Test
  void everythingIsClosedToOthers() throws IOException {
    Path fresh = directory.resolve("a").resolve("b");
    Snapshot snapshot;
    try (SnapshotRoot root = SnapshotRoot.open(fresh)) {
      snapshot = new SnapshotRig(root).at(0);
    }
    assertThat(mode(directory.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(fresh)).isEqualTo("rwx------");
    assertThat(mode(fresh.resolve(DirectoryLock.FILE))).isEqualTo("rw-------");
    assertThat(mode(snapshot.directory())).isEqualTo("rwx------");
    assertThat(mode(snapshot.directory().resolve(Manifest.FILE))).isEqualTo("rw-------");
    assertThat(mode(snapshot.directory().resolve("block-senders.jsonl"))).isEqualTo("rw-------");
  }

  @Test
  void aDirectoryThatWasThereKeepsItsMode() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    SnapshotRoot.open(directory).close();
    assertThat(mode(directory)).isEqualTo("rwxr-x---");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256 * 1024, 256 * 1024 + 1, 1_000_000})
  void theDigestIsThatOfTheFile(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path path = directory.resolve("file");
    StoredFile file = StoredFile.digested(path);
    try (file) {
      int half = size / 2;
      file.write(content, 0, half);
      for (int i = half; i < Math.min(size, half + 3); i++) {
        file.write(content[i]);
      }
      file.write(content, Math.min(size, half + 3), size - Math.min(size, half + 3));
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
    assertThat(Files.readAllBytes(path)).isEqualTo(content);
    assertThat(file.sha256Hex()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(file.bytes()).isEqualTo(size);
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "mine");
    assertThatThrownBy(() -> new StoredFile(path)).isInstanceOf(IOException.class);
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));
    assertThatThrownBy(() -> new StoredFile(link)).isInstanceOf(IOException.class);
    assertThat(path).hasContent("mine");
  }

  /** Tries to take the lock, and says how that went. */
  public static void main(String[] arguments) throws IOException {
    try (SnapshotRoot root = SnapshotRoot.open(Path.of(arguments[0]))) {
      System.out.println("taken, with " + root.snapshots().size());
    } catch (DirectoryInUseException inUse) {
      System.out.println("in use");
    }
  }

  private String otherProcess() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                SnapshotRootTest.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String said = String.join("\n", out.lines().toList());
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return said;
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
