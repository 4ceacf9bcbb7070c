package io.sluice.pipeline;

import io.sluice.catalog.Resource;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.RowFormat;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files of a snapshot back. Blocking. */
public final class SnapshotRecords {
  private SnapshotRecords() {}

  /**
   * The records of one of its files: of a JSONL file byte for byte as the API gave them, of a CSV
   * file as its cells tell.
   */
  public static RecordLines open(Snapshot snapshot, ResourceEntry entry, Resource resource)
      throws IOException {
    Path file = snapshot.file(entry);
    return switch (RowFormat.named(entry.format())) {
      case JSONL -> JsonLines.open(file, entry.gzip());
      case CSV ->
          InputLines.open(resource, InputOptions.of(InputFormat.CSV), Files.newInputStream(file));
    };
  }
}
