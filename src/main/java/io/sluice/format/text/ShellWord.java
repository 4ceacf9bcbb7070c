package io.sluice.format.text;

import java.util.regex.Pattern;

/** Words of command lines that a person can copy into a POSIX shell. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:/@%+=-]+");

  private ShellWord() {}

  /** The word as it is if a shell takes it so; else in quotes. */
  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
