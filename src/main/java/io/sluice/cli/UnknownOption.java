package io.sluice.cli;

import io.sluice.catalog.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A word of a command line that means nothing, and the nearest one that does. */
final class UnknownOption {
  private UnknownOption() {}

  /** The message for the first such word; empty if something else is wrong. */
  static Optional<String> named(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    CommandLine command = error.getCommandLine();
    String word = unmatched.getUnmatched().get(0);
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    List<String> known = new ArrayList<>();
    if (name.startsWith("-")) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        known.addAll(List.of(option.names()));
      }
      return Optional.of("unknown option '" + name + "'" + nearest(name, known));
    }
    known.addAll(command.getSubcommands().keySet());
    return known.isEmpty()
        ? Optional.of("'" + word + "' is one argument too many")
        : Optional.of("unknown command '" + word + "'" + nearest(word, known));
  }

  private static String nearest(String name, List<String> known) {
    return "; the nearest is '" + NearestName.of(name, known) + "'";
  }
}
