package io.sluice.pipeline.insight.regex;

import java.util.List;

/**
 * A text that an expression can read in two ways, over and over.
 *
 * @param kind where the two ways come from
 * @param before what leads up to it
 * @param pump the text
 * @param ends characters or texts after it that the expression is likely not to take
 */
record Ambiguity(Kind kind, String before, String pump, List<String> ends) {
  /** Where the two ways come from. */
  enum Kind {
    /** One repetition reads it in two ways, so that the ways double with each repetition. */
    NESTED,
    /** Two repetitions that follow each other directly read it. */
    ADJACENT,
    /** Two repetitions with something in between read it. */
    APART
  }
}
