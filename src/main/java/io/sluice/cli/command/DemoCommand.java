package io.sluice.cli.command;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.run.DemoImport;
import io.sluice.cli.run.ExportRun;
import io.sluice.cli.run.ExportSummary;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.ImportSummary;
import io.sluice.cli.run.Rerun;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.VerificationText;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verification;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Shows what Sluice does, with no account. */
public final class DemoCommand extends Command {
  private static final Path PLACE = Path.of("sluice-demo");
  private static final int RECORDS = 20_000;

  /** Declares the command. */
  public DemoCommand() {
    super(
        "demo",
        "Shows Sluice at work on a sandbox of its own. Keeps the results in ./sluice-demo.");
    examples("sluice demo");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console outer = Console.of(output, environment);
    Console console = inner(environment, output.quiet.get() || output.json.get());
    try (Sandbox sandbox =
        Sandbox.builder().awkward(true).quota(1200, Duration.ofMinutes(5)).start()) {
      sandbox.account().seed("block_senders", RECORDS);
      Connection connection = connection(sandbox);
      console.note(
          "1. A sandbox stands in for the API at "
              + sandbox.baseUrl()
              + ",\n   with the quota of the real one and "
              + Printable.count(RECORDS)
              + " blocked senders.\n");
      console.note("2. sluice export --to " + PLACE.resolve("backups"));
      ExportSummary backup = backup(console, connection);
      if (backup.exit() != 0) {
        return backup.exit();
      }
      String snapshot = Objects.requireNonNull(backup.snapshot());
      console.note("\n3. sluice verify " + snapshot);
      Verification verification = Verifier.verify(Snapshot.open(Path.of(snapshot)));
      VerificationText.print(console, verification);

      DemoImport rows = DemoImport.in(PLACE, connection);
      console.note("\n4. " + rows.command() + " --dry-run");
      ImportSummary plan = rows.rehearse(inner(environment, true));
      if (plan.result().plan() != null) {
        PlanText.of(plan.result().plan()).forEach(console::note);
      }
      console.note("\n5. " + rows.command());
      ImportSummary first = rows.run(console);
      console.note("\n6. What became of every row, in report.csv:");
      peek(console, first.result().directory().resolve("report.csv"));
      console.note("\n7. The same again changes nothing: " + rows.command());
      ImportSummary again = rows.run(console);

      console.note("\nEverything is in " + PLACE + "/. With an account of your own:");
      console.note("  export CLOUDFLARE_ACCOUNT_ID=… CLOUDFLARE_API_TOKEN=…");
      console.note("  " + Rerun.program() + " export --to backups --keep 14");
      console.note("  " + Rerun.program() + " import -r block-senders blocked.csv --dry-run");
      return end(outer, snapshot, verification.sound(), first, again);
    }
  }

  private Console inner(Environment environment, boolean quiet) {
    OutputOptions options = new OutputOptions();
    options.quiet.set(quiet);
    options.color.set(output.color.get());
    return Console.of(options, environment);
  }

  private static Connection connection(Sandbox sandbox) {
    QuotaLimits limits = new QuotaLimits(List.of(), List.of(Connection.CREDENTIAL_DEFAULT), 0.1);
    ApiAccount account =
        new ApiAccount(
            URI.create(sandbox.baseUrl()),
            sandbox.account().id(),
            Credential.token(sandbox.token()));
    return new Connection(account, limits, QuotaLimits.unlimited(), 16);
  }

  private static ExportSummary backup(Console console, Connection connection) {
    ExportRequest all =
        new ExportRequest(
            Catalog.resources().stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            Version.current(),
            false);
    return new ExportRun(
            console,
            new ForegroundSession(
                connection, TransportOptions.defaults(Version.current()), Duration.ofMinutes(1)))
        .toSnapshot(PLACE.resolve("backups"), all, null);
  }

  private static int end(
      Console console, String snapshot, boolean sound, ImportSummary first, ImportSummary again) {
    int exit = sound ? first.exit() : ExitCode.VERIFICATION_FAILED.number();
    exit = exit == 0 ? again.exit() : exit;
    if (console.json()) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      root.put("command", "demo");
      root.put("exit", exit);
      root.put("directory", PLACE.toString());
      root.put("snapshot", snapshot);
      root.put("sound", sound);
      root.set("import", first.json());
      root.set("import_again", again.json());
      console.result(root);
    }
    return exit;
  }

  private static void peek(Console console, Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      lines.limit(4).forEach(line -> console.note("   " + Printable.safe(line)));
    }
  }
}
