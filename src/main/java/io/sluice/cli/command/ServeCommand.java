package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.log.LogSetup;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.ServeOptions;
import io.sluice.cli.run.Interrupts;
import io.sluice.cli.serve.AuditTask;
import io.sluice.cli.serve.KeyRequest;
import io.sluice.cli.serve.KeyTask;
import io.sluice.cli.serve.ServeDatabase;
import io.sluice.cli.serve.ServeTask;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.job.keys.KeyExpiry;
import io.sluice.job.keys.Role;
import io.sluice.pipeline.StopSignal;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the service and its web console. */
@Command(
    name = "serve",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Starts the service: an HTTP API and a web console for several people. Runs "
            + "until you stop it; unfinished jobs go on at the next start.",
    footer = {
      "",
      "Examples:",
      "  sluice serve",
      "  sluice serve --new-key ci --role operator --expires 90d",
      "  sluice serve --listen 0.0.0.0:8443 --allow-host sluice.example.com \\",
      "      --tls-cert cert.pem --tls-key key.pem --db-url jdbc:postgresql://db/sluice"
    })
public final class ServeCommand implements Callable<Integer> {
  @Mixin private ServeOptions service = new ServeOptions();

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description = "Make a key, print it once, and end. Also works while the service runs.")
  @Nullable String newKey;

  @Option(
      names = "--role",
      paramLabel = "viewer|operator|approver",
      description = "The role of the new key (viewer).")
  @Nullable Role role;

  @Option(
      names = "--expires",
      paramLabel = "D|DATE",
      description = "When the new key expires, such as 90d, 12h or 2027-01-31 (never).")
  @Nullable String expires;

  @Option(
      names = "--remove-key",
      paramLabel = "NAME",
      description =
          "Remove a key, end its sessions, and end. The last operator's key needs " + "--yes.")
  @Nullable String removeKey;

  @Option(names = "--list-keys", description = "List the names and roles of the keys, and end.")
  boolean listKeys;

  @Option(
      names = "--verify-audit",
      description =
          "Check that no entry of the audit trail was changed or removed, and end; exit 9 if one"
              + " was. An end that was cut off by someone who can write to the database shows only"
              + " if you keep the last SHA-256 elsewhere: it stays an entry of the trail.")
  boolean verifyAudit;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "The format of the log (text).")
  LogSetup.Format logFormat = LogSetup.Format.TEXT;

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    LogSetup.takeOverLibraries();
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    service.check();
    if (newKey == null && (role != null || expires != null)) {
      throw new UsageException(
          (role != null ? "--role" : "--expires") + " has no effect without --new-key NAME", null);
    }
    if (service.noAuth && (newKey != null || removeKey != null || listKeys)) {
      throw new UsageException(
          "--no-auth does not go with --new-key, --remove-key and --list-keys", null);
    }
    ServeDatabase database = new ServeDatabase(service, environment);
    if (newKey != null || removeKey != null || listKeys) {
      new KeyTask(database, console).run(keyRequest(), listKeys);
      return ExitCode.OK.number();
    }
    return verifyAudit
        ? new AuditTask(database, console).run()
        : serve(console, database, environment);
  }

  private KeyRequest keyRequest() {
    try {
      Instant end = expires == null ? null : KeyExpiry.of(expires, Instant.now());
      return new KeyRequest(removeKey, output.yes, newKey, role == null ? Role.VIEWER : role, end);
    } catch (IllegalArgumentException none) {
      throw new UsageException("--expires: " + none.getMessage(), null);
    }
  }

  private int serve(Console console, ServeDatabase database, Environment environment)
      throws IOException {
    LogSetup.forService(logFormat);
    try (ServeTask task = ServeTask.start(service, output.config, database, environment)) {
      task.announce(console);
      StopSignal stop = new StopSignal();
      Interrupts.await(task.untilStopped(stop), stop);
    }
    console.note("stopped; jobs that were under way go on at the next start");
    return ExitCode.INTERRUPTED.number();
  }
}
