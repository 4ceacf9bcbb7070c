package io.sluice.cli;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.flow.QuotaLimits;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.ExportRequest;
import io.sluice.pipeline.SnapshotCheck;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** Shows what Sluice does, with no account. */
@Command(
    name = "demo",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Shows Sluice at work on a sandbox of its own; leaves all in ./sluice-demo/.",
    footer = {"", "Example:", "  sluice demo"})
final class DemoCommand implements Callable<Integer> {
  private static final Path PLACE = Path.of("sluice-demo");
  private static final int RECORDS = 20_000;

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console outer = Console.of(output, environment);
    OutputOptions steps = new OutputOptions();
    steps.quiet = output.quiet || output.json;
    steps.color = output.color;
    Console console = Console.of(steps, environment);
    try (Sandbox sandbox =
        Sandbox.builder().awkward(true).quota(1200, Duration.ofMinutes(5)).start()) {
      sandbox.account().seed("block_senders", RECORDS);
      console.note(
          "1. A sandbox stands in for the API at "
              + sandbox.baseUrl()
              + ",\n   with the quota of the real one and "
              + Shown.count(RECORDS)
              + " blocked senders.\n");
      console.note("2. sluice export --to " + PLACE.resolve("backups"));
      ExportSummary backup = backup(console, sandbox);
      if (backup.exit() != 0) {
        return backup.exit();
      }
      String snapshot = Objects.requireNonNull(backup.snapshot());
      console.note("\n3. sluice verify " + snapshot);
      Verification verification = SnapshotCheck.verify(Snapshot.open(Path.of(snapshot)));
      VerifyCommand.text(console, verification);
      console.note("\n4. What a record looks like:");
      peek(console, Path.of(snapshot, "block-senders.jsonl"));
      console.note("\nEverything is in " + PLACE + "/. With an account of your own:");
      console.note("  export CLOUDFLARE_ACCOUNT_ID=… CLOUDFLARE_API_TOKEN=…");
      console.note("  sluice export --to backups --keep 14");
      return end(outer, snapshot, verification.sound());
    }
  }

  private ExportSummary backup(Console console, Sandbox sandbox) {
    QuotaLimits limits = new QuotaLimits(List.of(), List.of(Connection.CREDENTIAL_DEFAULT), 0.1);
    ApiAccount account =
        new ApiAccount(
            URI.create(sandbox.baseUrl()),
            sandbox.account().id(),
            Credential.token(sandbox.token()));
    ExportRequest all =
        new ExportRequest(
            Catalog.resources().stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            Version.current());
    return new ExportRun(
            console,
            new Connection(account, limits, QuotaLimits.unlimited(), 16),
            TransportOptions.defaults(Version.current()),
            Duration.ofMinutes(1))
        .toSnapshot(PLACE.resolve("backups"), all, null);
  }

  private static int end(Console console, String snapshot, boolean sound) {
    int exit = (sound ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).number();
    if (console.json()) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      root.put("command", "demo");
      root.put("exit", exit);
      root.put("directory", PLACE.toString());
      root.put("snapshot", snapshot);
      root.put("sound", sound);
      console.result(root);
    }
    return exit;
  }

  private static void peek(Console console, Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      lines.limit(2).forEach(line -> console.note("   " + Shown.safe(line)));
    }
  }
}
