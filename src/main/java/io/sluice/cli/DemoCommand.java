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
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

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
    Console console = Console.of(output, Environment.ofProcess());
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
      int verified = verify(snapshot);
      console.note("\n4. What a record looks like:");
      peek(console, Path.of(snapshot, "block-senders.jsonl"));
      console.note("\nEverything is in " + PLACE + "/. With an account of your own:");
      console.note("  export CLOUDFLARE_ACCOUNT_ID=… CLOUDFLARE_API_TOKEN=…");
      console.note("  sluice export --to backups --keep 14");
      return verified;
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

  /** Runs the command as a person would, with the same switches for its output. */
  private int verify(String snapshot) {
    Stream<String> switches = output.json ? Stream.of("--json") : Stream.of();
    return new CommandLine(new VerifyCommand())
        .execute(Stream.concat(switches, Stream.of(snapshot)).toArray(String[]::new));
  }

  private static void peek(Console console, Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      lines.limit(2).forEach(line -> console.note("   " + Shown.safe(line)));
    }
  }
}
