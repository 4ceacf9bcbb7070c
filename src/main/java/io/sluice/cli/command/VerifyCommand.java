package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.config.Environment;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Unavailable;
import io.sluice.snapshot.Verification;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
      console.result(json(verification, exit));
    } else {
      text(console, verification);
    }
    return exit;
  }

  static void text(Console console, Verification verification) {
    for (Verification.Finding finding : verification.files()) {
      String file = Printable.safe(finding.entry().file());
      if (finding.sound()) {
        String rows = Printable.count(finding.rows());
        console.detail(String.format(Locale.ROOT, "ok      %-33s %12s rows", file, rows));
      } else {
        console.say(
            console.style("fg(red)", "FAILED")
                + "  "
                + file
                + ": "
                + Printable.safe(String.join("; ", finding.problems())));
      }
    }
    if (!verification.snapshot().manifest().consistent()) {
      console.warn("the snapshot is whole, but a list kept changing while it was read");
    }
    for (Unavailable one : verification.snapshot().manifest().unavailable()) {
      console.detail(
          Printable.safe(
              "not in it: "
                  + one.resource()
                  + ", which the account did not offer ("
                  + one.reason()
                  + ")"));
    }
    for (String stranger : verification.strangers()) {
      console.warn(stranger + " lies in the snapshot, but its manifest does not name it");
    }
    if (verification.sound()) {
      console.detail("the snapshot is whole");
    } else {
      console.say("the snapshot is DAMAGED");
    }
  }

  private static ObjectNode json(Verification verification, int exit) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "verify");
    root.put("exit", exit);
    root.put("snapshot", verification.snapshot().directory().toString());
    root.put("sound", verification.sound());
    root.put("consistent", verification.snapshot().manifest().consistent());
    verification.strangers().forEach(root.putArray("strangers")::add);
    root.set("unavailable", Unavailable.json(verification.snapshot().manifest().unavailable()));
    ArrayNode files = root.putArray("files");
    for (Verification.Finding finding : verification.files()) {
      ObjectNode file = files.addObject();
      file.put("file", finding.entry().file());
      file.put("resource", finding.entry().resource());
      file.put("rows", finding.rows());
      file.put("sound", finding.sound());
      finding.problems().forEach(file.putArray("problems")::add);
    }
    return root;
  }
}
