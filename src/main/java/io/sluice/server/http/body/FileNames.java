package io.sluice.server.http.body;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.job.TextLimit;

/** The names that files may have which people send. */
public final class FileNames {
  private FileNames() {}

  /**
   * Checks that a name is a file's own, without a directory.
   *
   * @throws IllegalArgumentException saying what it holds that no such name does
   */
  public static void require(String name) {
    TextLimit.FILE_NAME.require(name);
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "a file's own name holds no directory, unlike '" + EscapedText.brief(name) + "'");
    } else if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException("'" + EscapedText.brief(name) + "' names no file");
    } else if (!name.equals(name.strip()) || !EscapedText.of(name).equals(name)) {
      throw new IllegalArgumentException(
          "the name '"
              + EscapedText.brief(name)
              + "' holds a character that does not print, or a blank at an end; leave it out");
    }
  }
}
