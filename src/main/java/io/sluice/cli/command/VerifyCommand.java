package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.cli.option.Value;
import io.sluice.cli.text.VerificationText;
import io.sluice.config.Environment;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Verification;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;

/** Checks a snapshot. */
public final class VerifyCommand extends Command {
  private final Value<Path> directory =
      argument(
          "SNAPSHOT",
          Path.class,
          "A snapshot, or a directory of snapshots for the newest in it, like DIR/latest.");

  /** Declares the command. */
  public VerifyCommand() {
    super(
        "verify",
        "Checks every file of a snapshot against its manifest. Exits with 9 if one differs.");
    examples("sluice verify backups/latest", "sluice verify backups/2026-11-21T020000Z");
  }

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(output, Environment.ofProcess());
    Verification verification =
        Verifier.verify(SnapshotArgument.open(directory.get(), console::note));
    int exit = (verification.sound() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).number();
    if (console.json()) {
      console.result(VerificationText.json(verification, exit));
    } else {
      VerificationText.print(console, verification);
    }
    return exit;
  }
}
