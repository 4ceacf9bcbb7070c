package io.sluice.cli.text;

import io.sluice.cli.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a command, in roff's macros for manuals. */
public final class ManualPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManualPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** Its text. */
  public static String of(CommandLine command) {
    return new ManualPage(command).text();
  }

  private String text() {
    String name = spec.qualifiedName("-");
    List<String> about = lines(spec.usageMessage().description());
    macro("TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"Sluice " + Version.current() + "\"");
    macro("SH NAME");
    plain(name + " - " + (about.isEmpty() ? name : about.get(0).split("[.:](\\s|$)", 2)[0]));
    macro("SH SYNOPSIS");
    plain(new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).strip());
    macro("SH DESCRIPTION");
    about.forEach(this::paragraph);
    commands();
    parameters();
    options();
    examples();
    seeAlso();
    return page.toString();
  }

  private void commands() {
    if (!command.getSubcommands().isEmpty()) {
      macro("SH COMMANDS");
      command
          .getSubcommands()
          .forEach((name, sub) -> item(name, lines(about(sub.getCommandSpec()))));
    }
  }

  /** What a command does. picocli's own "help" says so in the header of its usage. */
  static String[] about(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    return usage.header().length > 0 ? usage.header() : usage.description();
  }

  private void parameters() {
    if (!spec.positionalParameters().isEmpty()) {
      macro("SH ARGUMENTS");
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        item(parameter.paramLabel(), lines(parameter.description()));
      }
    }
  }

  private void options() {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    groups.put("OPTIONS", new ArrayList<>());
    for (OptionSpec option : spec.options()) {
      String heading =
          option.group() == null || option.group().heading() == null
              ? "OPTIONS"
              : String.format(Locale.ROOT, option.group().heading()).strip().replaceFirst(":$", "");
      groups
          .computeIfAbsent(heading.toUpperCase(Locale.ROOT), one -> new ArrayList<>())
          .add(option);
    }
    groups.forEach(
        (heading, options) -> {
          if (!options.isEmpty()) {
            macro("SH " + heading);
            options.forEach(this::option);
          }
        });
  }

  private void option(OptionSpec option) {
    String names = String.join(", ", option.names());
    String value =
        OptionValues.follows(option)
            ? " " + option.paramLabel()
            : option.arity().max() > 0 ? "[=" + option.paramLabel() + "]" : "";
    item(names + value, lines(option.description()));
  }

  private void examples() {
    macro("SH EXAMPLES AND EXIT CODES");
    macro("nf");
    lines(spec.usageMessage().footer()).forEach(this::plain);
    macro("fi");
  }

  private void seeAlso() {
    CommandLine parent = command.getParent();
    List<String> others = new ArrayList<>();
    (parent == null ? command : parent)
        .getSubcommands()
        .keySet()
        .forEach(name -> others.add("sluice-" + name + "(1)"));
    others.remove("sluice-help(1)");
    others.remove(spec.qualifiedName("-") + "(1)");
    macro("SH SEE ALSO");
    plain(String.join(", ", others));
  }

  private void item(String term, List<String> description) {
    macro("TP");
    macro("B " + escaped(term));
    plain(String.join(" ", description));
  }

  private void paragraph(String text) {
    macro("PP");
    plain(text);
  }

  private void macro(String request) {
    page.append('.').append(request).append('\n');
  }

  /** A line of text, which no character makes a request. */
  private void plain(String text) {
    page.append(text.matches("(?s)[.'].*") ? "\\&" : "").append(escaped(text)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }

  /**
   * A description as a person reads it. Picocli escapes some as formats, and others it does not.
   */
  static String unescaped(String description) {
    return description.replace("%%", "%").replace("%n", "\n");
  }

  private static List<String> lines(String... texts) {
    return Arrays.stream(texts).map(ManualPage::unescaped).filter(text -> !text.isBlank()).toList();
  }
}
