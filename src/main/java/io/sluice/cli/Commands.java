package io.sluice.cli;

import io.sluice.cli.command.ApplyCommand;
import io.sluice.cli.command.DemoCommand;
import io.sluice.cli.command.DiffCommand;
import io.sluice.cli.command.ExplainCommand;
import io.sluice.cli.command.ExportCommand;
import io.sluice.cli.command.HistoryCommand;
import io.sluice.cli.command.ImportCommand;
import io.sluice.cli.command.LintCommand;
import io.sluice.cli.command.MigrateCommand;
import io.sluice.cli.command.ProfilesCommand;
import io.sluice.cli.command.PruneCommand;
import io.sluice.cli.command.ResourcesCommand;
import io.sluice.cli.command.RestoreCommand;
import io.sluice.cli.command.SandboxCommand;
import io.sluice.cli.command.ServeCommand;
import io.sluice.cli.command.SluiceCommand;
import io.sluice.cli.command.ValidateCommand;
import io.sluice.cli.command.VerifyCommand;
import io.sluice.cli.command.WhoamiCommand;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** The commands by their names. Only those that a command line needs are built. */
final class Commands {
  /** In the order in which help lists them. */
  private static final List<String> NAMES =
      List.of(
          "export",
          "import",
          "restore",
          "migrate",
          "prune",
          "apply",
          "diff",
          "verify",
          "validate",
          "lint",
          "explain",
          "history",
          "resources",
          "profiles",
          "whoami",
          "serve",
          "sandbox",
          "demo",
          "help");

  private Commands() {}

  /**
   * A parser of that command line: it knows the command that the first word names, or all of them
   * if that is none, since it then lists them.
   */
  static CommandLine parserOf(String... args) {
    CommandLine root = new SluiceCommand().parser();
    CommandLine asked = args.length == 0 || args[0].equals("help") ? null : named(args[0]);
    if (asked != null) {
      root.addSubcommand(args[0], asked);
      return root;
    }
    for (String name : NAMES) {
      root.addSubcommand(name, named(name));
    }
    return root;
  }

  /** The names of the commands that take an option of that name. */
  static List<String> taking(String option) {
    return NAMES.stream()
        .filter(
            name ->
                Objects.requireNonNull(named(name))
                    .getCommandSpec()
                    .optionsMap()
                    .containsKey(option))
        .toList();
  }

  private static @Nullable CommandLine named(String name) {
    return switch (name) {
      case "export" -> new ExportCommand().parser();
      case "import" -> new ImportCommand().parser();
      case "restore" -> new RestoreCommand().parser();
      case "migrate" -> new MigrateCommand().parser();
      case "prune" -> new PruneCommand().parser();
      case "apply" -> new ApplyCommand().parser();
      case "diff" -> new DiffCommand().parser();
      case "verify" -> new VerifyCommand().parser();
      case "validate" -> new ValidateCommand().parser();
      case "lint" -> new LintCommand().parser();
      case "explain" -> new ExplainCommand().parser();
      case "history" -> new HistoryCommand().parser();
      case "resources" -> new ResourcesCommand().parser();
      case "profiles" -> new ProfilesCommand().parser();
      case "whoami" -> new WhoamiCommand().parser();
      case "serve" -> new ServeCommand().parser();
      case "sandbox" -> new SandboxCommand().parser();
      case "demo" -> new DemoCommand().parser();
      case "help" -> new CommandLine(new HelpCommand());
      default -> null;
    };
  }
}
