package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import org.jspecify.annotations.Nullable;

/** Is told how a comparison goes on, from whichever thread is at work. */
public interface DiffListener {
  /** So many records of a live account have been read, of so many if that is known. */
  void reading(Resource resource, Side side, long rows, @Nullable Long total);

  /** So many records have been compared. */
  void comparing(Resource resource, long rows);

  /** Something differs. */
  void difference(Difference difference);

  /** All of that kind have been compared. */
  void compared(ResourceDiff result);

  /** A passing remark. */
  void note(String text);

  /** Something that should not be missed. */
  void warning(String text);
}
