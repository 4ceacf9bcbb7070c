package io.sluice.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for the fish shell, which picocli does not make. */
public final class FishCompletion {
  private static final Pattern CHOICE = Pattern.compile("[a-z-]+(\\|[a-z-]+)+");

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
                    .append(described(command.getCommandSpec().usageMessage().description())));
    root.getSubcommands()
        .forEach(
            (sub, command) ->
                command
                    .getCommandSpec()
                    .options()
                    .forEach(
                        option ->
                            script
                                .append("complete -c " + name)
                                .append(" -n '__fish_seen_subcommand_from " + sub + "'")
                                .append(option(option))));
    return script.toString();
  }

  private static String option(OptionSpec option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      boolean longer = name.startsWith("--");
      line.append(longer ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    List<String> values = values(option);
    if (!values.isEmpty()) {
      line.append(" -x -a '").append(String.join(" ", values)).append('\'');
    } else if (option.arity().max() > 0) {
      line.append(" -r");
    }
    return line + described(option.description());
  }

  /** The values that it may have, if they can be listed. */
  private static List<String> values(OptionSpec option) {
    if (option.completionCandidates() != null) {
      List<String> values = new ArrayList<>();
      option.completionCandidates().forEach(values::add);
      return values;
    }
    String label = option.paramLabel();
    return CHOICE.matcher(label).matches() ? Arrays.asList(label.split("\\|", -1)) : List.of();
  }

  private static String described(String... description) {
    String all = description.length == 0 ? "" : description[0];
    String text = ManualPage.unescaped(all).split("[.;:](\\s|$)", 2)[0];
    return " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'\n";
  }
}
