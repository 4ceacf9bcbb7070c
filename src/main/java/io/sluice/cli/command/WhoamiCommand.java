package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.WhoamiSummary;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.pipeline.AccountProbe;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;

/** Checks one account and what opens it. */
public final class WhoamiCommand extends Command {
  private final ConnectionOptions connecting =
      section("Account and connection", new ConnectionOptions());

  /** Declares the command. */
  public WhoamiCommand() {
    super(
        "whoami",
        "Checks the account, the token, which kinds of records it can read, and the "
            + "quota, with one call for each kind. Changes nothing, so it cannot check "
            + "whether the token may write.");
    examples("sluice whoami", "sluice whoami --profile prod");
    remarks(
        "Exit codes: 0 all that the account offers can be read, 2 usage, 5 not",
        "authenticated or not permitted, 6 the API cannot be reached.");
  }

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
