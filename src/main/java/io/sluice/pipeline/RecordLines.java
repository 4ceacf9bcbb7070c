package io.sluice.pipeline;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Records one after the other, each as compact JSON. Blocking; for one thread at a time. */
public interface RecordLines extends Closeable {

  /** The next record, in an array of its own without a newline; null at the end. */
  byte @Nullable [] next() throws IOException;
}
