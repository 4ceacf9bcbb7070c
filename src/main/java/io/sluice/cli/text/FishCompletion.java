package io.sluice.cli.text;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for the fish shell, which picocli does not make. */
public final class FishCompletion {
  private FishCompletion() {}

  /** The script for a command and its subcommands. */
  public static String of(CommandLine root) {
    String name = root.getCommandName();
    StringBuilder script = new StringBuilder("# Completion of " + name + " for fish.\n");
    script.append("complete -c ").append(name).append(" -n __fish_use_subcommand -f\n");
    root.getSubcommands()
        .forEach(
            (sub, command) ->
                script
                    .append("complete -c " + name + " -n __fish_use_subcommand -a " + sub)
                    .append(described(ManualPage.about(command.getCommandSpec()))));
    options(script, "complete -c " + name + " -n __fish_use_subcommand", root);
    root.getSubcommands()
        .forEach(
            (sub, command) -> {
              String line = "complete -c " + name + " -n '__fish_seen_subcommand_from " + sub + "'";
              OptionValues arguments = OptionValues.ofArguments(command);
              if (!arguments.files()) {
                script.append(line).append(" -f").append(offered(arguments)).append('\n');
              }
              options(script, line, command);
            });
    return script.toString();
  }

  private static void options(StringBuilder script, String line, CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        script.append(line).append(option(option));
      }
    }
  }

  private static String option(OptionSpec option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      boolean longer = name.startsWith("--");
      line.append(longer ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (OptionValues.follows(option)) {
      OptionValues values = OptionValues.of(option);
      line.append(values.files() ? " -r -F" : " -x");
      line.append(offered(values));
    }
    return line + described(option.description());
  }

  private static String offered(OptionValues values) {
    return values.choices().isEmpty() ? "" : " -a '" + values.joined() + "'";
  }

  private static String described(String... description) {
    String all = description.length == 0 ? "" : description[0];
    String text = ManualPage.unescaped(all).split("[.;:](\\s|$)", 2)[0];
    return " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'\n";
  }
}
