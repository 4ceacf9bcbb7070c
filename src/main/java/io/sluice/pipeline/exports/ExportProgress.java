package io.sluice.pipeline.exports;

import io.sluice.catalog.Resource;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Unavailable;
import org.jspecify.annotations.Nullable;

/** Is told how an export goes on. Calls come one after the other, and must not block for long. */
public interface ExportProgress {

  /** A resource is being read. */
  void reading(Resource resource);

  /** So many of its records have been read, of so many if that is known. */
  void rows(Resource resource, long rows, @Nullable Long total);

  /** The list moved while it was read; it is read again. */
  void again(Resource resource, String why);

  /** A resource is done; {@code moved} says why it is not consistent, or is null if it is. */
  void done(Resource resource, ResourceEntry entry, @Nullable String moved);

  /** The account does not offer such records; the others are read. */
  default void unavailable(Resource resource, Unavailable why) {}

  /** Keeps everything to itself. */
  static ExportProgress none() {
    return new ExportProgress() {
      @Override
      public void reading(Resource resource) {}

      @Override
      public void rows(Resource resource, long rows, @Nullable Long total) {}

      @Override
      public void again(Resource resource, String why) {}

      @Override
      public void done(Resource resource, ResourceEntry entry, @Nullable String moved) {}
    };
  }
}
