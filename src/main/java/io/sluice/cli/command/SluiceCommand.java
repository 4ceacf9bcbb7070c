package io.sluice.cli.command;

import io.sluice.cli.option.OutputOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
    name = "sluice",
    description = "Moves Cloudflare Email Security settings in bulk.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Try it without an account:  sluice demo",
      "Exit codes: 0 well, 1 unexpected, 2 usage, 3 rows failed, 4 refused,",
      "5 not permitted, 6 gave up, 7 outcome unknown, 8 different or found,",
      "9 verification failed, 130 interrupted."
    })
public final class SluiceCommand implements Runnable {
  @SuppressWarnings("unused") // picocli fills it
  @Mixin
  private OutputOptions output = new OutputOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
