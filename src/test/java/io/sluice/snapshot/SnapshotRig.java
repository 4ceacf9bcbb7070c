package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.disk.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Makes snapshots by hand: of one resource, three rows, one a line. */
final class SnapshotRig {
  static final Instant NIGHT = Instant.parse("2026-11-21T02:00:00Z");
  static final String ROWS = "{\"id\":\"1\"}\n{\"id\":\"2\"}\n{\"id\":\"3\"}\n";

  private final SnapshotRoot root;
  private String account = "acc";
  private String resource = "block-senders";
  private Map<String, List<String>> filters = Map.of();
  private boolean consistent = true;
  private boolean gzip;

  SnapshotRig(SnapshotRoot root) {
    this.root = root;
  }

  SnapshotRig ofAccount(String id) {
    account = id;
    return this;
  }

  SnapshotRig ofResource(String slug) {
    resource = slug;
    return this;
  }

  SnapshotRig filtered(String filter, String value) {
    filters = Map.of(filter, List.of(value));
    return this;
  }

  SnapshotRig moved() {
    consistent = false;
    return this;
  }

  SnapshotRig compressed() {
    gzip = true;
    return this;
  }

  /** A snapshot that began and ended so many hours after the first night. */
  Snapshot at(int hours) throws IOException {
    return at(hours, hours);
  }

  Snapshot at(int began, int ended) throws IOException {
    Instant start = NIGHT.plusSeconds(3600L * began);
    SnapshotDraft draft = root.begin(start).orElseThrow();
    String name = resource + ".jsonl" + (gzip ? ".gz" : "");
    StoredFile file = StoredFile.digested(draft.directory().resolve(name));
    try (OutputStream out = gzip ? new GZIPOutputStream(file) : file) {
      out.write(ROWS.getBytes(UTF_8));
    }
    ResourceEntry entry =
        new ResourceEntry(
            resource,
            name,
            "jsonl",
            gzip,
            3,
            file.bytes(),
            file.sha256Hex(),
            1,
            3L,
            filters,
            consistent);
    return draft.finish(
        new Manifest(
            Manifest.FORMAT_VERSION,
            "test",
            account,
            "https://api.example",
            start,
            NIGHT.plusSeconds(3600L * ended),
            List.of(entry),
            List.of()));
  }

  /** Rewrites a manifest's text. */
  static void edit(Snapshot snapshot, String from, String to) throws IOException {
    Path file = snapshot.directory().resolve(Manifest.FILE);
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(from + " is not in " + text);
    }
    Files.writeString(file, text.replace(from, to));
  }
}
