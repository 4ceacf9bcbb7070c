package io.sluice.cli;

import io.sluice.cli.log.LogSetup;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.OutputOptions.Color;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.Terminals;
import io.sluice.config.Environment;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a command's words go: data and the summary to standard output, everything else to standard
 * error.
 */
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final OutputOptions options;
  private final Ansi ansi;
  private final Ansi errAnsi;
  private final boolean terminal;
  private final List<String> apiMessages;

  private Console(
      PrintStream out,
      PrintStream err,
      OutputOptions options,
      Ansi ansi,
      Ansi errAnsi,
      boolean terminal,
      List<String> apiMessages) {
    this.out = out;
    this.err = err;
    this.options = options;
    this.ansi = ansi;
    this.errAnsi = errAnsi;
    this.terminal = terminal;
    this.apiMessages = apiMessages;
  }

  /** The process's own streams. */
  public static Console of(OutputOptions options, Environment environment) {
    boolean terminal = Terminals.isTerminal(Terminals.STDERR);
    if (options.verbose.get()) {
      LogSetup.verbose();
    }
    return new Console(
        System.out,
        System.err,
        options,
        ansi(options, environment, Terminals.isTerminal(Terminals.STDOUT)),
        ansi(options, environment, terminal),
        terminal,
        new CopyOnWriteArrayList<>());
  }

  /** Given streams, which nobody watches. */
  public static Console to(PrintStream out, PrintStream err, OutputOptions options) {
    return new Console(out, err, options, Ansi.OFF, Ansi.OFF, false, new CopyOnWriteArrayList<>());
  }

  /** True if to colour what is written before the options are understood, or instead of that. */
  public static Ansi ansi(List<String> args, int stream) {
    OutputOptions options = new OutputOptions();
    for (Color color : Color.values()) {
      int at = args.indexOf("--color");
      boolean parted = at >= 0 && at + 1 < args.size() && args.get(at + 1).equals(color.toString());
      options.color.set(parted || args.contains("--color=" + color) ? color : options.color.get());
    }
    return ansi(options, Environment.ofProcess(), Terminals.isTerminal(stream));
  }

  private static Ansi ansi(OutputOptions options, Environment environment, boolean terminal) {
    boolean auto = terminal && environment.get("NO_COLOR") == null;
    boolean colored =
        options.color.get() == Color.ALWAYS || (options.color.get() == Color.AUTO && auto);
    return colored ? Ansi.ON : Ansi.OFF;
  }

  /** The same, with the summary on standard error, since standard output carries data. */
  public Console summaryToErr() {
    return new Console(err, err, options, errAnsi, errAnsi, terminal, apiMessages);
  }

  /** How standard error is coloured. */
  public Ansi errAnsi() {
    return errAnsi;
  }

  /** Standard error itself, for a display that redraws its line. */
  public PrintStream err() {
    return err;
  }

  /** True if a person watches standard error. */
  public boolean terminal() {
    return terminal;
  }

  public boolean quiet() {
    return options.quiet.get();
  }

  public boolean json() {
    return options.json.get();
  }

  /** A line of the summary; not with --json. */
  public void say(String line) {
    if (!json()) {
      out.println(line);
    }
  }

  /** A line of the summary that --quiet leaves out, since all is well. */
  public void detail(String line) {
    if (!quiet()) {
      say(line);
    }
  }

  /** The one JSON object of --json; what the API said is added to a summary. */
  public void result(JsonNode summary) {
    if (json()) {
      addApiMessages(summary);
      out.println(Json.MAPPER.writeValueAsString(summary));
    }
  }

  /**
   * The same for one that may be long.
   *
   * @param place an empty array in it, which is written with the items
   */
  public void result(JsonNode summary, ArrayNode place, Iterator<? extends JsonNode> items) {
    if (json()) {
      addApiMessages(summary);
      data(summary, place, items);
    }
  }

  /** A JSON object that is not the summary, such as a log in a format of others. */
  public void data(JsonNode tree, ArrayNode place, Iterator<? extends JsonNode> items) {
    Json.write(out, tree, place, items);
    out.println();
  }

  private void addApiMessages(JsonNode summary) {
    boolean ends = summary.has("exit") || summary.has("summary");
    if (ends && !apiMessages.isEmpty() && summary instanceof ObjectNode object) {
      apiMessages.forEach(object.putArray("api_messages")::add);
    }
  }

  /** A passing remark, on standard error. */
  public void note(String line) {
    if (!quiet()) {
      err.println(line);
    }
  }

  /** Something that should not be missed, on standard error. */
  public void warn(String line) {
    err.println(styled(errAnsi, "fg(yellow)", "warning: ") + Printable.safe(line));
  }

  /** What the API said to people beside an answer, on standard error and in the summary. */
  public void apiSays(String message) {
    apiMessages.add(message);
    warn("the API says: " + message);
  }

  /** Text of the summary in a picocli style such as {@code bold} or {@code fg(green)}. */
  public String style(String style, String text) {
    return styled(ansi, style, text);
  }

  public static String styled(Ansi ansi, String style, String text) {
    return ansi.enabled() ? ansi.new Text("@|" + style + " " + text + "|@").toString() : text;
  }
}
