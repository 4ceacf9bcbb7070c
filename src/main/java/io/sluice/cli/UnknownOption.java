package io.sluice.cli;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A word of a command line that means nothing, and the nearest one that does. */
final class UnknownOption {
  /** A third of the letters: more than a slip is another word. */
  private static final double NEAR = 0.34;

  /** How picocli's own command 'help' refuses a name. */
  private static final Pattern NO_HELP = Pattern.compile("Unknown subcommand '(.*)'\\.");

  private static final Set<String> TO_ONE_ACCOUNT =
      Set.of("--profile", "--account", "--token-file", "--base-url");

  private UnknownOption() {}

  /**
   * The message for the first such word; empty if something else is wrong. An option that is
   * missing may be there with a slip in its name.
   */
  static Optional<String> named(ParameterException error, List<String> args) {
    CommandLine command = error.getCommandLine();
    Matcher help = NO_HELP.matcher(String.valueOf(error.getMessage()));
    if (help.matches()) {
      return Optional.of(argument(command, help.group(1)));
    } else if (error instanceof MissingParameterException) {
      return args.stream()
          .takeWhile(word -> !word.equals("--"))
          .filter(word -> word.startsWith("--"))
          .map(UnknownOption::name)
          .filter(name -> !options(command).contains(name))
          .findFirst()
          .map(name -> option(command, name));
    } else if (!(error instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    } else {
      String word = unmatched.getUnmatched().get(0);
      return Optional.of(
          word.startsWith("-") ? option(command, name(word)) : argument(command, word));
    }
  }

  /** The name alone of what may be an option with its value. */
  private static String name(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static List<String> options(CommandLine command) {
    List<String> known = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      known.addAll(List.of(option.names()));
    }
    return known;
  }

  private static String option(CommandLine command, String name) {
    return "unknown option '" + name + "'" + advice(command, name, options(command));
  }

  private static String argument(CommandLine command, String word) {
    List<String> known = List.copyOf(command.getSubcommands().keySet());
    return known.isEmpty()
        ? "'" + word + "' is one argument too many" + kind(command)
        : "unknown command '" + word + "'" + nearest(word, known);
  }

  /** A kind of records is named by an option. */
  private static String kind(CommandLine command) {
    boolean takesKinds = command.getCommandSpec().findOption("-r") != null;
    return command.getParseResult().matchedPositionals().stream()
        .flatMap(argument -> argument.originalStringValues().stream())
        .filter(given -> takesKinds && Catalog.find(given).isPresent())
        .findFirst()
        .map(given -> ": name the kind of records by -r " + given)
        .orElse("");
  }

  /** Who takes the option; else the nearest that there is, if it is near enough to be meant. */
  private static String advice(CommandLine command, String name, List<String> known) {
    List<String> takers = Commands.taking(name);
    if (known.contains(name)) {
      return ": no options are read behind '--'; write it before";
    } else if (TO_ONE_ACCOUNT.contains(name)
        && command.getCommandSpec().findOption("--rate") != null) {
      boolean sides = !command.getCommandSpec().positionalParameters().isEmpty();
      return ": "
          + command.getCommandName()
          + " takes its accounts from profiles; "
          + (sides ? "write profile:NAME" : "name them with --from and --to");
    } else if (!takers.isEmpty() && command.getParent() != null) {
      return ": " + command.getCommandName() + " does not take it; " + owners(takers);
    } else if (!takers.isEmpty()) {
      return ": put it after the command; " + owners(takers);
    }
    String nearest = NearestName.of(name, known);
    boolean slip = nearest.startsWith("--") && NearestName.edits(name, nearest) <= 1;
    return slip || NearestName.distance(name, nearest) <= NEAR ? nearest(name, known) : "";
  }

  private static String owners(List<String> takers) {
    boolean one = takers.size() == 1;
    return String.join(", ", takers) + (one ? " does" : " do");
  }

  private static String nearest(String name, List<String> known) {
    return "; the nearest is '" + NearestName.of(name, known) + "'";
  }
}
