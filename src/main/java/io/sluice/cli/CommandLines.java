package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.run.NotifyTask;
import io.sluice.cli.text.FailureText;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.StandardOutput;
import io.sluice.cli.text.Terminals;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Parses a command line, runs it, and turns whatever goes wrong into a message and a number. */
final class CommandLines {
  /** Commands that only read, whatever they are given. */
  private static final Set<String> READING =
      Set.of("lint", "explain", "history", "diff", "validate");

  private CommandLines() {}

  static int run(String... args) {
    List<String> given = Arrays.asList(args);
    CommandLine line = Commands.parserOf(args);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // '@list.txt' is the name of a file, and '--results --resum' is a slip, not a directory.
    line.setExpandAtFiles(false);
    line.setUnmatchedOptionsAllowedAsOptionParameters(false);
    line.setExecutionStrategy(new InOrder());
    line.setParameterExceptionHandler(new WrongUsage());
    line.setExecutionExceptionHandler(new Failed(Arrays.asList(args)));
    line.getSubcommands().values().forEach(CommandLines::showVersion);
    showVersion(line);
    line.setOut(new PrintWriter(System.out, true, UTF_8));
    line.setErr(new PrintWriter(System.err, true, UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Console.ansi(given, Terminals.STDOUT)));
    int exit = execute(line, args);
    if (StandardOutput.isReaderGone() && exit == ExitCode.OK.number()) {
      return StandardOutput.READER_GONE;
    }
    if (System.out.checkError() && exit == 0) {
      System.err.println("sluice: standard output could not be written to the end");
      return ExitCode.UNEXPECTED.number();
    }
    return exit;
  }

  /** Picocli hands exceptions to its handlers, but not errors such as a lack of memory. */
  private static int execute(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (Error fatal) {
      return failed(Arrays.asList(args), fatal);
    }
  }

  private static final String NOTIFY = "--notify";

  // Classes, not lambdas: an archive of classes cannot hold lambdas of interfaces as old as these.

  private static final class WrongUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] args) {
      return wrongUsage(error, args);
    }
  }

  /**
   * Runs the command. Refuses an option before its name, which would belong to no command; one
   * whose value is empty, which would fall back to something else; and one that takes one value and
   * is given several: picocli does not see that in groups of options.
   */
  private static final class InOrder implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
      if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
        String option = parsed.matchedOptions().get(0).longestName();
        String command = parsed.subcommand().commandSpec().name();
        throw new ParameterException(
            parsed.commandSpec().commandLine(),
            option + " stands before the command: write it after '" + command + "'");
      }
      ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
      for (OptionSpec option : last.matchedOptions()) {
        if (option.originalStringValues().stream()
            .anyMatch(value -> value.isEmpty() || value.chars().allMatch(c -> c == ' '))) {
          throw new ParameterException(
              last.commandSpec().commandLine(),
              option.longestName()
                  + " has no value: leave it out, or give it one (was a variable empty?)");
        }
        if (!option.isMultiValue() && Set.copyOf(option.originalStringValues()).size() > 1) {
          throw new ParameterException(
              last.commandSpec().commandLine(),
              option.longestName()
                  + " is given twice, as "
                  + String.join(" and as ", option.originalStringValues())
                  + ": it takes one value");
        }
      }
      NotifyTask notice = notice(last);
      if (notice == null) {
        return new CommandLine.RunLast().execute(parsed);
      }
      String command = last.commandSpec().name();
      try {
        int exit = new CommandLine.RunLast().execute(parsed);
        notice.send(command, exit);
        return exit;
      } catch (CommandLine.ExecutionException failed) {
        Throwable cause = failed.getCause();
        Throwable error = cause instanceof AdvisedException advised ? advised.reason() : cause;
        notice.send(command, Diagnosis.of(error == null ? failed : error).exit().number());
        throw failed;
      }
    }

    /** Whoever is to hear of it has to be there before anything is done; null if nobody is. */
    private static @Nullable NotifyTask notice(ParseResult parsed) {
      if (!parsed.hasMatchedOption(NOTIFY)) {
        return null;
      }
      String name = parsed.matchedOptionValue(NOTIFY, "");
      Path config = parsed.matchedOptionValue("--config", null);
      try {
        Path caFile = parsed.matchedOptionValue("--ca-file", null);
        return NotifyTask.to(name, config, caFile, Environment.ofProcess());
      } catch (UsageException unusable) {
        throw new CommandLine.ExecutionException(
            parsed.commandSpec().commandLine(), String.valueOf(unusable.getMessage()), unusable);
      }
    }
  }

  private record Failed(List<String> args) implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
      return failed(args, error);
    }
  }

  private static void showVersion(CommandLine command) {
    command.getCommandSpec().version("sluice " + Version.current());
  }

  private static boolean wantsJson(List<String> args) {
    return args.contains("--json") || args.contains("--json=true") || lintsInJson(args);
  }

  /** There, {@code --format json} is the same. */
  private static boolean lintsInJson(List<String> args) {
    return args.indexOf("lint") == 0
        && (args.contains("--format=json")
            || Collections.indexOfSubList(args, List.of("--format", "json")) > 0);
  }

  private static int wrongUsage(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    List<String> given = Arrays.asList(args);
    Throwable cause = error.getCause();
    String message = error.getMessage();
    if (cause instanceof UsageException || cause instanceof IllegalArgumentException) {
      message = cause.getMessage();
    }
    message = UnknownOption.named(error, given).orElse(message + taken(error, given));
    String hint = "'" + name + " --help' shows what it takes, with an example";
    if (wantsJson(given)) {
      UsageException usage = new UsageException(String.valueOf(message), hint);
      return failed(given, usage);
    }
    PrintWriter err = command.getErr();
    err.println(
        FailureText.name(Console.ansi(given, Terminals.STDERR))
            + Printable.safe(String.valueOf(message)));
    err.println("  " + hint);
    err.flush();
    return ExitCode.USAGE.number();
  }

  /** An option that needs no value takes the word after it, which may have been the missing one. */
  private static String taken(ParameterException error, List<String> args) {
    if (error instanceof MissingParameterException) {
      for (OptionSpec option : error.getCommandLine().getCommandSpec().options()) {
        int value = args.indexOf(option.longestName()) + 1;
        boolean optional = option.arity().min() == 0 && option.arity().max() == 1;
        if (optional && value > 0 && value < args.size() && !args.get(value).startsWith("-")) {
          return "; '" + args.get(value) + "' was read as the value of " + option.longestName();
        }
      }
    }
    return "";
  }

  /** A command that only reads sends nothing whatever happens: of it that is no news. */
  private static Failure ofCommand(List<String> args, Failure failure) {
    boolean reads = !args.isEmpty() && READING.contains(args.get(0));
    return reads && failure.code().equals("input")
        ? new Failure(
            failure.exit(),
            failure.code(),
            failure.message(),
            failure.message().contains("--") && !args.get(0).equals("validate")
                ? "correct the file and run it again; this command only reads, and has no such option"
                : "correct the file and run it again; this command only reads",
            failure.httpStatus(),
            failure.ray())
        : failure;
  }

  /** Reports what ended a command line. */
  static int failed(List<String> args, Throwable thrown) {
    Throwable error = thrown instanceof AdvisedException advised ? advised.reason() : thrown;
    if (StandardOutput.isReaderGone(error)) {
      return StandardOutput.READER_GONE;
    }
    Failure failure = ofCommand(args, Diagnosis.of(error));
    if (wantsJson(args)) {
      System.out.println(FailureText.json(failure));
    } else {
      System.err.print(FailureText.plain(failure, Console.ansi(args, Terminals.STDERR)));
    }
    boolean refused = failure.exit() == ExitCode.USAGE || failure.exit() == ExitCode.REFUSED;
    if (thrown instanceof AdvisedException advised && !refused) {
      advised.advice().lines().map(Printable::safe).forEach(System.err::println);
    }
    if (args.contains("-v")) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      trace
          .toString()
          .lines()
          .map(l -> l.replace("\t", "    "))
          .map(Printable::safe)
          .forEach(System.err::println);
    }
    return failure.exit().number();
  }
}
