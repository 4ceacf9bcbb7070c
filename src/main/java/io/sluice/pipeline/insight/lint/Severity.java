package io.sluice.pipeline.insight.lint;

import java.util.Locale;

/** How much a finding matters; the worst first. */
public enum Severity {
  /** Mail is treated as nobody can want it, or in a way that is not documented. */
  ERROR,
  /** A risk, or something that is probably not meant. */
  WARNING,
  /** Something to know or to tidy up. */
  NOTE;

  /** The severity as it is written in JSON and in SARIF. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
