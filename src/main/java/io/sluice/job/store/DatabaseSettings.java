package io.sluice.job.store;

import io.sluice.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which database to use.
 *
 * @param url a JDBC URL of PostgreSQL or H2, without a password
 * @param patience how long connecting, and waiting for an answer, may take; at least a second
 * @param directory where the database's files are, if it is inside this process
 */
public record DatabaseSettings(
    String url,
    @Nullable String user,
    @Nullable String password,
    Duration patience,
    @Nullable Path directory) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final String NAME = "jobs";
  private static final int ROOM = 1 << 20;

  /** A database of which an answer is awaited for ten seconds. */
  public DatabaseSettings(String url, @Nullable String user, @Nullable String password) {
    this(url, user, password, PATIENCE, null);
  }

  /**
   * H2 inside this process, in files of that directory; no other process can use it meanwhile. It
   * writes no file of traces, in which it would repeat what people entrusted to it. It uses
   * asynchronous file channels: Java closes any other when it interrupts a thread that works on it,
   * as it does when a request is cancelled, and every user would lose the database.
   */
  public static DatabaseSettings embedded(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    return new DatabaseSettings(
        "jdbc:h2:async:" + root.resolve(NAME) + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
        "sluice",
        "",
        PATIENCE,
        root);
  }

  /** True if that directory holds such a database. */
  public static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(NAME + ".mv.db"));
  }

  /** True if that directory holds such a database, and something is in it. */
  static boolean isFilled(Path directory) throws IOException {
    return isIn(directory) && Files.size(directory.resolve(NAME + ".mv.db")) > 0;
  }

  /**
   * The same database, of which an answer is awaited no longer than a third of a take-over: so a
   * process whose connections hang can still renew its leases by others.
   */
  public DatabaseSettings withTakeOver(Duration takeOver) {
    Duration third = takeOver.dividedBy(3);
    Duration least = third.compareTo(LEAST) < 0 ? LEAST : third;
    return new DatabaseSettings(
        url, user, password, least.compareTo(PATIENCE) < 0 ? least : PATIENCE, directory);
  }

  boolean postgres() {
    return url.startsWith("jdbc:postgresql:");
  }

  /**
   * Makes the files of a database inside this process, and makes them its owner's alone, before
   * there is a byte in them. H2 begins a database in an empty file, and leaves its mode as it is.
   */
  void prepareFiles() throws IOException {
    if (directory != null) {
      PrivateFiles.createDirectories(directory);
      Path file = directory.resolve(NAME + ".mv.db");
      PrivateFiles.append(file).close();
      PrivateFiles.restrict(file);
    }
  }

  /**
   * Requires that there is room for what a database inside this process writes next.
   *
   * @throws IOException if the disk is full
   */
  void requireRoom() throws IOException {
    if (directory == null) {
      return;
    }
    Path trial = directory.resolve(".sluice-room");
    Files.deleteIfExists(trial);
    try (FileChannel channel = PrivateFiles.create(trial)) {
      ByteBuffer bytes = ByteBuffer.allocate(ROOM);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      Files.deleteIfExists(trial);
    }
  }

  /** Keeps the password to itself. */
  @Override
  public String toString() {
    return url;
  }
}
