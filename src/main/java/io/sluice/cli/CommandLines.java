package io.sluice.cli;

import io.sluice.config.UsageException;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Parses a command line, runs it, and turns whatever goes wrong into a message and a number. */
final class CommandLines {
  private CommandLines() {}

  static int run(String... args) {
    CommandLine line = new CommandLine(new SluiceCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(CommandLines::wrongUsage);
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> failed(Arrays.asList(args), error));
    return line.execute(args);
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
    String hint = "'" + name + " --help' shows what it takes, with an example";
    if (given.contains("--json")) {
      UsageException usage = new UsageException(String.valueOf(message), hint);
      return failed(given, usage);
    }
    PrintWriter err = command.getErr();
    err.println("sluice: " + Shown.safe(String.valueOf(message)));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, err)) {
      err.println("  " + hint);
    }
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static int failed(List<String> args, Throwable error) {
    Failure failure = Diagnosis.of(error);
    if (args.contains("--json")) {
      System.out.println(FailureText.json(failure));
    } else {
      System.err.print(FailureText.plain(failure));
    }
    if (args.contains("-v")) {
      error.printStackTrace();
    }
    return failure.exit().number();
  }
}
