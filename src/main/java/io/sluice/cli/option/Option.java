package io.sluice.cli.option;

import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of a command line while it is declared, and its value.
 *
 * @param <T> the type that its text is converted to
 */
public final class Option<T> extends Value<T> {
  private final OptionSpec.Builder declared;

  Option(OptionSpec.Builder declared) {
    Binding<T> binding = binding();
    this.declared = declared.getter(binding).setter(binding);
  }

  /** The command line must have the option. */
  public Option<T> required() {
    declared.required(true);
    return this;
  }

  /** One value may hold several, with commas between them. */
  public Option<T> commaSeparated() {
    declared.splitRegex(",");
    return this;
  }

  /** What a shell offers to complete a value, and help lists for COMPLETION-CANDIDATES. */
  public Option<T> completedBy(Iterable<String> values) {
    declared.completionCandidates(values);
    return this;
  }

  /** The option may be given without a value, which is then that text. */
  public Option<T> valueWhenOmitted(String text) {
    declared.arity("0..1").fallbackValue(text);
    return this;
  }

  OptionSpec spec() {
    return declared.build();
  }
}
