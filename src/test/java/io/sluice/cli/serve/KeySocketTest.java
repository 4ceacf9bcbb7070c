package io.sluice.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.keys.KeyEntry;
import io.sluice.job.keys.KeyRegister;
import io.sluice.job.keys.Role;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running service takes requests for keys from its own user. */
final class KeySocketTest {
  private static final KeyRequest LIST = new KeyRequest(null, false, null, Role.VIEWER, null);

  @TempDir private Path directory = Path.of("");
  private Database database;
  private KeyRegister keys;

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    database = Database.open(DatabaseSettings.embedded(directory));
    keys = new KeyRegister(database, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keysAreMadeListedAndRemoved() throws IOException {
    try (KeySocket socket = KeySocket.open(directory, keys)) {
      KeyRequest.Reply made = KeySocket.ask(directory, make("ci", Role.OPERATOR));
      assertThat(made.error()).isNull();
      assertThat(made.made()).startsWith("slk_");
      assertThat(KeySocket.ask(directory, LIST).keys())
          .extracting(KeyEntry::name)
          .containsExactly("ci");
      KeyRequest.Reply last = KeySocket.ask(directory, remove("ci", false));
      assertThat(last.error()).contains("the only operator's key");
      assertThat(last.hint()).contains("--yes");
      assertThat(KeySocket.ask(directory, make("ci", Role.VIEWER)).error()).contains("already");
      assertThat(KeySocket.ask(directory, remove("ci", true)).keys()).isEmpty();
      assertThat(socket).isNotNull();
    }
    assertThat(KeySocket.path(directory)).doesNotExist();
  }

  @Test
  void onlyTheOwnerCanComeNear() throws IOException {
    Path control = Files.createDirectory(directory.resolve("control"));
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (KeySocket socket = KeySocket.open(directory, keys)) {
      assertThat(socket).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void whatAKilledProcessLeftIsReplaced() throws IOException {
    Path path = KeySocket.path(directory);
    Files.createDirectory(directory.resolve("control"));
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();
    assertThatThrownBy(() -> KeySocket.ask(directory, LIST)).isInstanceOf(IOException.class);
    try (KeySocket socket = KeySocket.open(directory, keys)) {
      assertThat(socket).isNotNull();
      assertThat(KeySocket.ask(directory, LIST).error()).isNull();
    }
  }

  @Test
  void whatIsNoRequestIsAnsweredAndTheNextOneToo() throws IOException {
    try (KeySocket socket = KeySocket.open(directory, keys)) {
      assertThat(socket).isNotNull();
      for (String text :
          new String[] {"", "no json", "null", "[]", "{\"make\":\"a\",\"role\":7}"}) {
        assertThat(raw(text)).describedAs(text).contains("does not understand");
      }
      assertThat(KeySocket.ask(directory, LIST).keys()).isEmpty();
    }
  }

  @Test
  void aPathThatNoSocketTakesIsRefusedWithItsLimit() throws IOException {
    Path deep = directory.resolve("d".repeat(120));
    PrivateFiles.createDirectories(deep);

    assertThat(KeySocket.fits(KeySocket.path(deep))).isFalse();
    assertThatThrownBy(() -> KeySocket.open(deep, keys))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 100 bytes");
  }

  private String raw(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(KeySocket.path(directory)));
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      byte[] reply = Channels.newInputStream(channel).readAllBytes();
      return new String(reply, StandardCharsets.UTF_8);
    }
  }

  private static KeyRequest make(String name, Role role) {
    return new KeyRequest(null, false, name, role, null);
  }

  private static KeyRequest remove(String name, boolean last) {
    return new KeyRequest(name, last, null, Role.VIEWER, null);
  }
}
