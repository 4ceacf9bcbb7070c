package io.sluice.catalog.pattern;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pattern in a text that passes an indicator on. A text that is a pattern already stays as it
 * is; what could mean two things is refused.
 */
public sealed interface Rewriting {
  /** The text is a pattern already, or is in no form that is known. */
  Rewriting NONE = new None();

  /** What a text of these forms is, in a few words. */
  static String labels(Set<Form> forms) {
    return forms.stream().map(Form::label).collect(Collectors.joining(" and "));
  }

  /** True if the text is a range of IP addresses that reads like the name of a domain. */
  static boolean isShortRange(String text) {
    return IpRange.isShort(text);
  }

  /** The rewriting of a text that is no regular expression. */
  static Rewriting of(String text) {
    return new IndicatorText(text).rewriting();
  }

  /** There is nothing to rewrite. */
  record None() implements Rewriting {}

  /** The text is a comment, or a line that belongs to every file of its kind. */
  record Remark(String what) implements Rewriting {}

  /**
   * The text stands for these patterns.
   *
   * @param forms what it is; never empty
   * @param indicators one or more, each of which passes the checks of its type, no two the same
   * @param comment what stands behind the text as a comment, or null
   */
  record Becomes(Set<Form> forms, List<Indicator> indicators, @Nullable String comment)
      implements Rewriting {
    /** Keeps copies. */
    public Becomes {
      forms = Collections.unmodifiableSet(EnumSet.copyOf(forms));
      indicators = List.copyOf(indicators);
    }

    /** True if the patterns match more than what was written. */
    public boolean widens() {
      return forms.stream().anyMatch(Form::widens);
    }

    /** True if what was written is a rule that blocks. */
    public boolean blocks() {
      return forms.stream().anyMatch(Form::blocks);
    }

    /** The patterns on one line. */
    public String shown() {
      return indicators.stream().map(Indicator::text).collect(Collectors.joining(", "));
    }
  }

  /**
   * The text is in a known form that cannot be rewritten.
   *
   * @param forms what it is; never empty
   * @param reason why not, and what to write instead
   */
  record Refused(Set<Form> forms, String reason) implements Rewriting {
    /** Keeps a copy. */
    public Refused {
      forms = Collections.unmodifiableSet(EnumSet.copyOf(forms));
    }
  }
}
