package io.sluice.pipeline.compare;

import java.io.IOException;
import java.io.InputStream;

/** A file that can be read from its start any number of times. Blocking. */
@FunctionalInterface
public interface OpenedFile {
  /** Its bytes, from the first one. */
  InputStream open() throws IOException;
}
