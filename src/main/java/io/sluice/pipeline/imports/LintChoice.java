package io.sluice.pipeline.imports;

import io.sluice.format.NamedChoice;

/** The consequence of findings of lint about the records to write. */
public enum LintChoice {
  /** It is not looked at. */
  OFF,
  /** They are shown. */
  WARN,
  /** They are shown, and an error among them refuses the plan. */
  REFUSE;

  /** The choice as people write it. */
  public String label() {
    return NamedChoice.label(this);
  }

  /**
   * The choice of that name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static LintChoice named(String name) {
    return NamedChoice.of(LintChoice.class, name);
  }
}
