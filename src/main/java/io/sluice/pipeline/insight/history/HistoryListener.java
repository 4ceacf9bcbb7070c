package io.sluice.pipeline.insight.history;

import io.sluice.catalog.Resource;

/** Is informed what changed, pair of snapshots after pair. */
public interface HistoryListener {
  /** A record changed. */
  void change(Change change);

  /** All changes of one kind of records between two snapshots are reported. */
  void pair(Pair pair);

  /** So many snapshots of so many are looked at. */
  void at(int snapshots, int all);

  /** Something that should not be missed. */
  void warning(String text);

  /** What happened to one kind of records between two snapshots. */
  record Pair(String from, String to, Resource resource, long created, long changed, long deleted) {
    /** How many changes there are. */
    public long changes() {
      return created + changed + deleted;
    }
  }
}
