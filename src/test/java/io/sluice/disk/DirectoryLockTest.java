package io.sluice.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a directory in which others may write too. */
final class DirectoryLockTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void whatIsNoPlainFileInItsPlaceIsRefusedByName() throws IOException {
    Path lock = directory.resolve(DirectoryLock.FILE);
    Path elsewhere = directory.resolve("elsewhere");
    Files.createSymbolicLink(lock, elsewhere);

    assertThatThrownBy(() -> DirectoryLock.take(directory))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(DirectoryLock.FILE)
        .hasMessageContaining("remove it");
    assertThat(elsewhere).doesNotExist();

    Files.delete(lock);
    DirectoryLock.take(directory).close();
  }
}
