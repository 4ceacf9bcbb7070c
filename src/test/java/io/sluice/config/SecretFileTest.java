package io.sluice.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What files of secrets may hold. */
final class SecretFileTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aPasswordMayHoldWhateverCanBeTyped() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "grüße an 迷惑\r\n");

    assertThat(SecretSource.readPassword("the password", file.toString())).isEqualTo("grüße an 迷惑");
  }

  @Test
  void aPasswordOfSeveralLinesOrNoneIsRefused() throws IOException {
    Path lines = Files.writeString(directory.resolve("lines"), "s3cret\ns3cret\n");
    Path empty = Files.writeString(directory.resolve("empty"), " \n");

    for (Path file : new Path[] {lines, empty}) {
      assertThatThrownBy(() -> SecretSource.readPassword("the password", file.toString()))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("the password is empty, or holds a control character")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceWithoutAnEndIsNotReadToIt() {
    assertThatThrownBy(() -> SecretSource.readToken("the token", "/dev/zero"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("too large");
    assertThatThrownBy(() -> YamlFile.read(Path.of("/dev/zero")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void aFileThatIsNotUtf8IsRefusedForThat() throws IOException {
    Path file = Files.write(directory.resolve("latin"), "pässword".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> SecretSource.readPassword("the password", file.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("which is not UTF-8 text");
    assertThatThrownBy(() -> SecretSource.readToken("the token", file.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("which is not UTF-8 text");
  }
}
