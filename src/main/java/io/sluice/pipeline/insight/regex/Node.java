package io.sluice.pipeline.insight.regex;

import java.util.List;

/** A part of a regular expression. */
sealed interface Node {

  /** A character that stands for itself. */
  record Literal(int character) implements Node {}

  /** A dot: any character. */
  record AnyCharacter() implements Node {}

  /**
   * One character of several.
   *
   * @param sample one of them
   */
  record OneOf(String sample) implements Node {}

  /**
   * What stands in brackets.
   *
   * @param branches its alternatives, each a sequence
   * @param look whether it looks ahead or back, and takes up no text itself
   */
  record Group(List<List<Node>> branches, boolean look) implements Node {}

  /**
   * Something that is repeated.
   *
   * @param most how often at most; {@link Integer#MAX_VALUE} for any number
   */
  record Repeat(Node of, int least, int most) implements Node {}

  /** A place such as the beginning, which takes up no text. */
  record Place() implements Node {}

  /** Something that takes up text that is not known from the expression, such as a reference. */
  record Unknown() implements Node {}
}
