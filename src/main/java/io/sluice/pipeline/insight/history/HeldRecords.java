package io.sluice.pipeline.insight.history;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.SnapshotRecords;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Records;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The records of one kind in one snapshot.
 *
 * @param lines their lines, to find out which of them are in another snapshot as they are
 */
record HeldRecords(Snapshot snapshot, ResourceEntry entry, Resource resource, LineTable lines) {

  static HeldRecords read(
      Snapshot snapshot, ResourceEntry entry, Resource resource, StopSignal stop)
      throws IOException {
    LineTable table = new LineTable();
    try (RecordLines lines = SnapshotRecords.open(snapshot, entry, resource)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        stop.check();
        table.add(line);
      }
    }
    return new HeldRecords(snapshot, entry, resource, table);
  }

  /** True if the manifests say that both files are the same. */
  static boolean same(ResourceEntry one, ResourceEntry other) {
    return one.sha256() != null
        && one.sha256().equals(other.sha256())
        && one.format().equals(other.format())
        && one.gzip() == other.gzip();
  }

  /** How the snapshot is called. */
  String name() {
    return String.valueOf(snapshot.directory().getFileName());
  }

  /** These records less those that the other snapshot holds as they are. */
  Records notIn(HeldRecords other) {
    BitSet shown = new BitSet(lines.size());
    boolean all = lines.repeats() || other.lines.repeats();
    for (int i = 0; i < lines.size(); i++) {
      shown.set(i, all || !other.lines.hasLineOf(lines, i));
    }
    return new Some(this, shown);
  }

  /** Some of the records, by their places. */
  private record Some(HeldRecords of, BitSet shown) implements Records {
    @Override
    public OptionalLong count() {
      return OptionalLong.of(shown.cardinality());
    }

    @Override
    public List<String> doubts() {
      return List.of();
    }

    @Override
    public RecordLines open() throws IOException {
      return new SomeLines(SnapshotRecords.open(of.snapshot, of.entry, of.resource), shown);
    }

    @Override
    public void close() {}
  }

  /** Passes over the lines that are not shown, without reading further than to the last that is. */
  private static final class SomeLines implements RecordLines {
    private final RecordLines lines;
    private final BitSet shown;
    private int place;

    SomeLines(RecordLines lines, BitSet shown) {
      this.lines = lines;
      this.shown = shown;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
      int wanted = shown.nextSetBit(place);
      while (wanted >= 0) {
        byte[] line = lines.next();
        place++;
        if (line == null || place - 1 == wanted) {
          return line;
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
