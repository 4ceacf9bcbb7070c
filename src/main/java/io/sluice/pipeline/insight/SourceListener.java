package io.sluice.pipeline.insight;

import io.sluice.catalog.Resource;
import org.jspecify.annotations.Nullable;

/** Is informed how the reading of records goes on, from whichever thread is at work. */
public interface SourceListener {
  /** So many records have been read, of so many if that is known. */
  void reading(Resource resource, long rows, @Nullable Long total);

  /** A passing remark. */
  void note(String text);

  /** Something that should not be missed. */
  void warning(String text);
}
