package io.sluice;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL that is stopped and started again, at the same address and with its data. */
public final class RestartablePostgres implements AutoCloseable {
  private final Path directory;
  private final int port;
  private EmbeddedPostgres running;

  /** Starts one with its data in that directory. */
  public RestartablePostgres(Path directory) throws IOException {
    this.directory = directory;
    this.running = builder().start();
    this.port = running.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "off");
  }

  /** Where it is. */
  public int port() {
    return port;
  }

  /** Its address for JDBC. */
  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  /** Stops it as for a restart: what runs in it is broken off. */
  public void stop() throws IOException {
    running.close();
  }

  /** Starts it again. */
  public void start() throws IOException {
    running = builder().setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
