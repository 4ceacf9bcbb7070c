package io.sluice.cli;

import io.sluice.cli.OutputOptions.Color;
import io.sluice.config.Environment;
import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/**
 * Where a command's words go: data and the summary to standard output, everything else to standard
 * error.
 */
final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final OutputOptions options;
  private final Ansi ansi;
  private final boolean terminal;

  private Console(
      PrintStream out, PrintStream err, OutputOptions options, Ansi ansi, boolean terminal) {
    this.out = out;
    this.err = err;
    this.options = options;
    this.ansi = ansi;
    this.terminal = terminal;
  }

  /** The process's own streams. */
  static Console of(OutputOptions options, Environment environment) {
    boolean terminal = Terminals.stderrIsTerminal();
    boolean colored =
        options.color == Color.ALWAYS
            || (options.color == Color.AUTO && terminal && environment.get("NO_COLOR") == null);
    Logging.configure(options.verbose);
    return new Console(System.out, System.err, options, colored ? Ansi.ON : Ansi.OFF, terminal);
  }

  /** The same, with the summary on standard error, since standard output carries data. */
  Console summaryToErr() {
    return new Console(err, err, options, ansi, terminal);
  }

  /** Standard error itself, for a display that redraws its line. */
  PrintStream err() {
    return err;
  }

  /** True if a person watches standard error. */
  boolean terminal() {
    return terminal;
  }

  boolean quiet() {
    return options.quiet;
  }

  boolean json() {
    return options.json;
  }

  /** A line of the summary; not with --json. */
  void say(String line) {
    if (!json()) {
      out.println(line);
    }
  }

  /** The one JSON object of --json. */
  void result(JsonNode summary) {
    if (json()) {
      out.println(Json.MAPPER.writeValueAsString(summary));
    }
  }

  /** A passing remark, on standard error. */
  void note(String line) {
    if (!quiet()) {
      err.println(line);
    }
  }

  /** Something that should not be missed, on standard error. */
  void warn(String line) {
    err.println(style("fg(yellow)", "warning: ") + Shown.safe(line));
  }

  /** The text in a picocli style such as {@code bold} or {@code fg(green)}. */
  String style(String style, String text) {
    return ansi.enabled() ? ansi.new Text("@|" + style + " " + text + "|@").toString() : text;
  }
}
