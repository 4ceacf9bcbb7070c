package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.WhoamiSummary;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.pipeline.AccountProbe;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Checks one account and what opens it. */
@Command(
    name = "whoami",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Checks the account, the token, which kinds of records it can read, and the "
            + "quota, with one call for each kind. Changes nothing, so it cannot check "
            + "whether the token may write.",
    footer = {
      "",
      "Examples:",
      "  sluice whoami",
      "  sluice whoami --profile prod",
      "",
      "Exit codes: 0 all that the account offers can be read, 2 usage, 5 not",
      "authenticated or not permitted, 6 the API cannot be reached."
    })
public final class WhoamiCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nAccount and connection:%n", order = 98)
  private ConnectionOptions connecting = new ConnectionOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Connection connection = connecting.connection(output, environment, console::warn);
    return ForegroundSession.of(connection, connecting, environment)
        .run(
            event -> note(event, console),
            new StopSignal(),
            session ->
                session
                    .orStop(AccountProbe.kinds(session).collectList())
                    .map(kinds -> new WhoamiSummary(session, kinds)))
        .print(console);
  }

  private static void note(RunEvent event, Console console) {
    if (event instanceof RunEvent.ApiMessage said) {
      console.apiSays(said.text());
    }
  }
}
