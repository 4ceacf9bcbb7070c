package io.sluice.pipeline.insight.regex;

/**
 * A text that counts how often a character of it is read and stops whoever reads more often than
 * allowed: the way to end a search of {@code java.util.regex}, which cannot be interrupted.
 */
final class CountedText implements CharSequence {
  private String text = "";
  private long left;

  /** The budget is spent. It carries no stack, since it is no mistake. */
  static final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpentException() {
      super("the budget is spent", null, false, false);
    }
  }

  /** Begins with that text and so many characters to read. */
  CountedText with(String next, long budget) {
    text = next;
    left = budget;
    return this;
  }

  /** How many characters may still be read. */
  long left() {
    return Math.max(0, left);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new SpentException();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
