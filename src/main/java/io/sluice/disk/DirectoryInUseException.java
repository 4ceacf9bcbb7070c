package io.sluice.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Another run of Sluice is working in a directory. */
public final class DirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  DirectoryInUseException(Path directory) {
    super(directory + " is in use by another run of Sluice");
  }
}
