package io.sluice.disk;

import java.nio.file.Path;

/** The names of files as text. */
public final class FileName {
  private FileName() {}

  /**
   * The last name of a path that a directory listed. Its bytes are taken for UTF-8, whatever
   * charset the JVM takes from the locale; those that are not UTF-8 become replacement characters.
   */
  public static String of(Path listed) {
    String name = listed.getFileName().toString();
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    // A URI escapes the bytes of a name as they are, and reads escapes as UTF-8.
    String path = listed.toUri().getPath();
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return plain.substring(plain.lastIndexOf('/') + 1);
  }
}
