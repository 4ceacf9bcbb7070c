package io.sluice.cli.serve;

import io.sluice.cli.text.Json;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.keys.KeyRegister;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a running service takes what its own user wants of its keys at the command line, since no
 * other process can open the embedded database meanwhile: a socket in a directory that only the
 * owner of the data can enter. One request and one reply, as JSON, on each connection.
 */
final class KeySocket implements AutoCloseable {
  /** The longest path that every system's sockets take, in bytes. */
  static final int LONGEST_PATH = 100;

  private static final Logger LOG = LoggerFactory.getLogger(KeySocket.class);
  private static final JsonMapper STRICT =
      Json.MAPPER
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST_REQUEST = 64 * 1024;
  private static final int LARGEST_REPLY = 64 * 1024 * 1024;

  private final Path path;
  private final ServerSocketChannel server;
  private final KeyRegister keys;

  private KeySocket(Path path, ServerSocketChannel server, KeyRegister keys) {
    this.path = path;
    this.server = server;
    this.keys = keys;
  }

  /** Where the socket of the service with that data is. */
  static Path path(Path dataDirectory) {
    return dataDirectory.resolve("control").resolve("socket");
  }

  /** True if a socket can be there at all. */
  static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
  }

  /**
   * Begins to listen. Whoever calls this holds the database, so that a socket which is there
   * already is one that a killed process has left.
   *
   * @throws IOException if there can be no such socket
   */
  static KeySocket open(Path dataDirectory, KeyRegister keys) throws IOException {
    Path path = path(dataDirectory);
    if (!fits(path)) {
      throw new IOException(
          "the path of its socket, " + path + ", is longer than " + LONGEST_PATH + " bytes");
    }
    Path directory = dataDirectory.resolve("control");
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      PrivateFiles.createDirectory(directory);
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean bound = false;
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      // Its directory is closed to others already; this says the same of the socket itself.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      bound = true;
    } finally {
      if (!bound) {
        server.close();
      }
    }
    KeySocket socket = new KeySocket(path, server, keys);
    Thread thread = new Thread(socket::serve, "sluice-keys");
    thread.setDaemon(true);
    thread.start();
    return socket;
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        answer(channel);
      } catch (AsynchronousCloseException closed) {
        // By close(), or by the deadline of one connection; then the next one is waited for.
      } catch (ClosedChannelException closed) {
        LOG.debug("a request for keys was broken off", closed);
      } catch (IOException | RuntimeException failed) {
        LOG.warn("a request for keys from the command line failed", failed);
      }
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    Disposable deadline =
        Schedulers.boundedElastic()
            .schedule(() -> close(channel), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    try {
      byte[] request = Channels.newInputStream(channel).readNBytes(LARGEST_REQUEST);
      write(channel, Json.MAPPER.writeValueAsBytes(reply(request)));
    } finally {
      deadline.dispose();
    }
  }

  private KeyRequest.Reply reply(byte[] request) {
    try {
      KeyRequest read = STRICT.readValue(request, KeyRequest.class);
      if (read != null && read.role() != null) {
        return read.carriedOutOn(keys);
      }
    } catch (JacksonException foreign) {
      LOG.debug("a request for keys cannot be read", foreign);
    }
    return new KeyRequest.Reply(
        null,
        List.of(),
        "the running service does not understand this request",
        "is it of another version? restart it with this one");
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException failed) {
      LOG.debug("a connection cannot be closed", failed);
    }
  }

  /**
   * Sends a request to a running service.
   *
   * @throws IOException if none answers there
   */
  static KeyRequest.Reply ask(Path dataDirectory, KeyRequest request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path(dataDirectory)));
      write(channel, Json.MAPPER.writeValueAsBytes(request));
      channel.shutdownOutput();
      InputStream in = Channels.newInputStream(channel);
      return Json.MAPPER.readValue(in.readNBytes(LARGEST_REPLY), KeyRequest.Reply.class);
    } catch (JacksonException cut) {
      throw new IOException("the reply of the running service cannot be read", cut);
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException left) {
      // The next start removes it.
      LOG.debug("{} is left behind", path, left);
    }
  }
}
