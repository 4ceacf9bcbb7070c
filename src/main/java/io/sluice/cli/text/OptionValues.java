package io.sluice.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The values of an option or an argument, as far as completion can know them. */
record OptionValues(List<String> choices, boolean files) {
  private static final Pattern CHOICE = Pattern.compile("[a-z-]+(\\|[a-z-]+)+");
  private static final Pattern FILE = Pattern.compile("(FILE|DIR|SNAPSHOT)\\b.*");

  /** Those that the help names, else those of its type. */
  static OptionValues of(ArgSpec arg) {
    String label = arg.paramLabel();
    List<String> choices = new ArrayList<>();
    if (CHOICE.matcher(label).matches()) {
      choices.addAll(List.of(label.split("\\|", -1)));
    } else if (arg.completionCandidates() != null) {
      arg.completionCandidates().forEach(choices::add);
    }
    return new OptionValues(choices, choices.isEmpty() && FILE.matcher(label).matches());
  }

  /** Those of a command's arguments: names of commands, kinds of records, or files. */
  static OptionValues ofArguments(CommandLine command) {
    if (command.getCommandName().equals("help")) {
      return new OptionValues(
          List.copyOf(command.getParent().getSubcommands().keySet()), /* files= */ false);
    }
    if (command.getCommandName().equals("resources")) {
      List<String> kinds = new ArrayList<>();
      new ResourceNames().forEach(kinds::add);
      return new OptionValues(kinds, /* files= */ false);
    }
    return new OptionValues(
        List.of(), /* files= */ !command.getCommandSpec().positionalParameters().isEmpty());
  }

  /** If the next word is its value. A value that may be missing follows a {@code =}. */
  static boolean follows(ArgSpec arg) {
    return arg.arity().min() > 0;
  }

  String joined() {
    return String.join(" ", choices);
  }
}
