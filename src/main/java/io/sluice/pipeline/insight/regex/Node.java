package io.sluice.pipeline.insight.regex;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A part of a regular expression. */
sealed interface Node {

  /** A character that stands for itself. */
  record Literal(int character) implements Node {}

  /** A dot: any character. */
  record AnyCharacter() implements Node {}

  /**
   * One character of several.
   *
   * @param written the class as it is written, brackets included
   * @param sample one of them
   */
  record OneOf(String written, String sample) implements Node {
    private static final String LIKELY = "abcdefghijklmnopqrstuvwxyz0123456789-._@+ %!=/\t\n\u00e4";

    /** The class as it is written. */
    static OneOf of(String written) {
      return new OneOf(written, sample(written));
    }

    /** A character of the class, if one of the likely ones is in it; else an x. */
    private static String sample(String characterClass) {
      try {
        Pattern pattern = Pattern.compile(characterClass);
        for (int i = 0; i < LIKELY.length(); i++) {
          String one = LIKELY.substring(i, i + 1);
          if (pattern.matcher(one).matches()) {
            return one;
          }
        }
        for (char c = ' '; c <= '~'; c++) {
          if (pattern.matcher(String.valueOf(c)).matches()) {
            return String.valueOf(c);
          }
        }
      } catch (PatternSyntaxException partOfSomethingElse) {
        return "x";
      }
      return "x";
    }
  }

  /** The kinds of brackets. */
  enum Brackets {
    PLAIN,
    /** Once it has matched, no other way to match it is tried. */
    ATOMIC,
    AHEAD,
    NOT_AHEAD,
    BEHIND,
    NOT_BEHIND
  }

  /**
   * What stands in brackets.
   *
   * @param branches its alternatives, each a sequence
   */
  record Group(List<List<Node>> branches, Brackets kind) implements Node {
    /** True if it looks ahead or back, and takes up no text itself. */
    boolean look() {
      return kind != Brackets.PLAIN && kind != Brackets.ATOMIC;
    }
  }

  /**
   * Something that is repeated.
   *
   * @param most how often at most; {@link Integer#MAX_VALUE} for any number
   * @param possessive whether, once it has matched, no fewer repetitions are tried
   */
  record Repeat(Node of, int least, int most, boolean possessive) implements Node {
    Repeat(Node of, int least, int most) {
      this(of, least, most, false);
    }

    Repeat held() {
      return new Repeat(of, least, most, true);
    }
  }

  /**
   * A place such as the beginning, which takes up no text.
   *
   * @param mark how it is written; a blank for one that is everywhere
   */
  record Place(char mark) implements Node {}

  /** Something that takes up text that is not known from the expression, such as a reference. */
  record Unknown() implements Node {}
}
