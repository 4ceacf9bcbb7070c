package io.sluice.pipeline.imports.input;

import io.sluice.config.UsageException;
import io.sluice.disk.ReplacedFile;
import io.sluice.disk.Sha256;
import io.sluice.snapshot.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;

/** An input that can be read from its start any number of times, as long as it does not change. */
public final class InputSource {
  private static final int BUFFER = 1 << 16;
  private static final String COPY = "input";

  private final String name;
  private final Path path;
  private final long size;
  private final FileTime modified;

  private InputSource(String name, Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    this.name = name;
    this.path = path;
    this.size = now.size();
    this.modified = now.lastModifiedTime();
  }

  /**
   * Refuses a directory, whose name says nothing about a format.
   *
   * @throws UsageException if it is one
   */
  public static void refuseDirectory(Path path) {
    if (Files.isDirectory(path)) {
      boolean snapshot = Files.exists(path.resolve(Manifest.FILE));
      throw new UsageException(
          path + " is a directory",
          snapshot
              ? "it is a snapshot: name one of its files, or put it back with 'sluice restore'"
              : "name one file in it; each file is read by a run of its own");
    }
  }

  /**
   * A file; a pipe that goes by a file's name is copied into {@code directory} first. Blocking.
   *
   * @throws UsageException if it is not there, or is no file
   */
  public static InputSource file(Path path, Path directory) throws IOException {
    refuseDirectory(path);
    if (!Files.isReadable(path)) {
      throw new UsageException(
          "there is no file " + path + " that can be read", "- stands for standard input");
    }
    if (Files.isRegularFile(path)) {
      return new InputSource(path.toString(), path);
    }
    try (InputStream pipe = Files.newInputStream(path)) {
      return spooled(path.toString(), pipe, directory);
    }
  }

  /**
   * A stream that can be read only once: it is copied into {@code directory} first, where the copy
   * appears whole or not at all. Blocking.
   *
   * @param name what people call it
   */
  public static InputSource spooled(String name, InputStream stream, Path directory)
      throws IOException {
    Path copy = directory.resolve(COPY);
    try (ReplacedFile file = new ReplacedFile(copy)) {
      stream.transferTo(file);
      file.finish();
    }
    return new InputSource(name, copy);
  }

  /**
   * As {@link #spooled}, but an empty stream leaves what was copied before, if anything was: the
   * stream of a run that was stopped need not be given again. Blocking.
   */
  public static InputSource spooledUnlessEmpty(String name, InputStream stream, Path directory)
      throws IOException {
    PushbackInputStream rest = new PushbackInputStream(stream);
    int first = rest.read();
    if (first < 0 && isSpooled(directory)) {
      return spooledBefore(name, directory);
    } else if (first >= 0) {
      rest.unread(first);
    }
    return spooled(name, rest, directory);
  }

  /** True if a stream was copied into {@code directory}, to its end. */
  public static boolean isSpooled(Path directory) {
    return Files.exists(directory.resolve(COPY));
  }

  /** What was copied before, by another process perhaps. */
  public static InputSource spooledBefore(String name, Path directory) throws IOException {
    return new InputSource(name, directory.resolve(COPY));
  }

  /** Its name for people. */
  public String name() {
    return name;
  }

  /** Where its bytes are. */
  public Path path() {
    return path;
  }

  /** The SHA-256 of its bytes, in hex. Blocking; reads all of it. */
  public String sha256() throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Opens it at its start. Blocking.
   *
   * @throws UsageException if it was changed since it was first looked at
   */
  public InputStream open() throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
      throw new UsageException(name + " was changed while it was in use", "begin again");
    }
    return Files.newInputStream(path);
  }
}
