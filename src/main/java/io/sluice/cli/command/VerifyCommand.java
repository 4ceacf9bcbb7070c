package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.cli.text.VerificationText;
import io.sluice.config.Environment;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Verification;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a snapshot. */
@Command(
    name = "verify",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Checks every file of a snapshot against its manifest. Exits with 9 if one " + "differs.",
    footer = {
      "",
      "Examples:",
      "  sluice verify backups/latest",
      "  sluice verify backups/2026-11-21T020000Z"
    })
public final class VerifyCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "SNAPSHOT",
      description =
          "A snapshot, or a directory of snapshots for the newest in it, like " + "DIR/latest.")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(output, Environment.ofProcess());
    Verification verification = Verifier.verify(SnapshotArgument.open(directory, console::note));
    int exit = (verification.sound() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).number();
    if (console.json()) {
      console.result(VerificationText.json(verification, exit));
    } else {
      VerificationText.print(console, verification);
    }
    return exit;
  }
}
