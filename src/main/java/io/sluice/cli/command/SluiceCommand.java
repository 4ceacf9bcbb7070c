package io.sluice.cli.command;

import picocli.CommandLine.ParameterException;

/** The command that holds the others. */
public final class SluiceCommand extends Command {
  /** Declares the command. */
  public SluiceCommand() {
    super("sluice", "Moves Cloudflare Email Security settings in bulk.");
    synopsis("sluice COMMAND [OPTIONS]");
    remarks(
        "Try it without an account:  sluice demo",
        "Exit codes: 0 well, 1 unexpected, 2 usage, 3 rows failed, 4 refused,",
        "5 not permitted, 6 gave up, 7 outcome unknown, 8 different or found,",
        "9 verification failed, 130 interrupted.");
  }

  @Override
  public Integer call() {
    throw new ParameterException(parser(), "a command is missing");
  }
}
