package io.sluice.snapshot;

import io.sluice.catalog.Catalog;
import io.sluice.disk.Sha256;
import io.sluice.format.RowCount;
import io.sluice.format.RowFormat;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Checks a snapshot's files against its manifest: present, of the right length and digest, with the
 * right number of well-formed rows. Reads every file once; memory does not grow with it. Blocking.
 */
public final class Verifier {
  private static final int BUFFER = 256 * 1024;

  private Verifier() {}

  /**
   * Checks every file of the snapshot, for a run that rests on them.
   *
   * @throws DamagedSnapshotException if one is not as it was written
   */
  public static void requireSound(Snapshot snapshot) throws IOException {
    Verification found = verify(snapshot);
    if (!found.sound()) {
      throw new DamagedSnapshotException(found);
    }
  }

  /** Checks every file of the snapshot against its manifest. */
  public static Verification verify(Snapshot snapshot) throws IOException {
    List<Verification.Finding> findings = new ArrayList<>();
    for (ResourceEntry entry : snapshot.manifest().resources()) {
      findings.add(check(snapshot.file(entry), entry));
    }
    return new Verification(snapshot, findings, snapshot.strangers());
  }

  private static Verification.Finding check(Path file, ResourceEntry entry) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      String problem = Files.exists(file) ? "not a plain file" : "missing";
      return new Verification.Finding(entry, 0, List.of(problem));
    }
    List<String> problems = new ArrayList<>();
    long bytes = Files.size(file);
    if (bytes != entry.bytes()) {
      problems.add(bytes + " bytes instead of " + entry.bytes());
    }
    MessageDigest digest = Sha256.begin();
    long rows = 0;
    try (InputStream stored = new DigestInputStream(Files.newInputStream(file), digest)) {
      try {
        rows = count(entry, decompressed(entry, stored));
        if (rows != entry.rows()) {
          problems.add(rows + " rows instead of " + entry.rows());
        }
      } catch (IOException malformed) {
        problems.add(said(malformed));
      }
      stored.transferTo(OutputStream.nullOutputStream());
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
      problems.add("its sha256 differs: the file was changed after it was written");
    }
    return new Verification.Finding(entry, rows, problems);
  }

  private static long count(ResourceEntry entry, InputStream rows) throws IOException {
    try {
      RowFormat format = RowFormat.named(entry.format());
      return RowCount.of(format, Catalog.get(entry.resource()), rows);
    } catch (IllegalArgumentException unknown) {
      throw new IOException(unknown.getMessage(), unknown);
    }
  }

  private static String said(IOException malformed) {
    String message = malformed.getMessage();
    return message == null || malformed instanceof EOFException ? "it is cut off" : message;
  }

  /** Whoever reads rows may close what they read; the rest is still to be digested then. */
  private static InputStream keptOpen(InputStream stored) {
    return new FilterInputStream(stored) {
      @Override
      public void close() {}
    };
  }

  private static InputStream decompressed(ResourceEntry entry, InputStream stored)
      throws IOException {
    InputStream buffered = new BufferedInputStream(keptOpen(stored), BUFFER);
    return entry.gzip() ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }
}
