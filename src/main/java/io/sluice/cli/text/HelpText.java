package io.sluice.cli.text;

/** Descriptions of commands and options outside picocli's own help. */
final class HelpText {
  private HelpText() {}

  /**
   * A description as a person reads it. Picocli escapes some as formats, and others it does not.
   */
  static String plain(String description) {
    return description.replace("%%", "%").replace("%n", "\n");
  }
}
