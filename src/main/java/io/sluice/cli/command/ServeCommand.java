package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.log.LogSetup;
import io.sluice.cli.option.ServeOptions;
import io.sluice.cli.option.Value;
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
import java.util.ArrayList;
import java.util.List;

/** Starts the service and its web console. */
public final class ServeCommand extends Command {
  private static final List<String> OF_THE_DATABASE =
      List.of("--data-dir", "--db-url", "--db-user", "--db-password-file");

  private final ServeOptions service = include(new ServeOptions());

  final Value<String> newKey =
      text(
          "--new-key",
          "NAME",
          "Make a key, print it once, and end. Also works while the service runs.");

  final Value<Role> role =
      value("--role", "viewer|operator|approver", Role.class, "The role of the new key (viewer).")
          .or(Role.VIEWER);

  final Value<String> expires =
      text(
          "--expires",
          "D|DATE",
          "When the new key expires, such as 90d, 12h or 2027-01-31 (never).");

  final Value<String> removeKey =
      text(
          "--remove-key",
          "NAME",
          "Remove a key, end its sessions, and end. The last operator's key needs --yes.");

  final Value<Boolean> listKeys =
      flag("--list-keys", "List the names and roles of the keys, and end.");

  final Value<Boolean> verifyAudit =
      flag(
          "--verify-audit",
          "Check that no entry of the audit trail was changed or removed, and end; exit 9 if one"
              + " was. An end that was cut off by someone who can write to the database shows only"
              + " if you keep the last SHA-256 elsewhere: it stays an entry of the trail.");

  final Value<LogSetup.Format> logFormat =
      value("--log-format", "text|json", LogSetup.Format.class, "The format of the log (text).")
          .or(LogSetup.Format.TEXT);

  /** Declares the command. */
  public ServeCommand() {
    super(
        "serve",
        "Starts the service: an HTTP API and a web console for several people. Runs "
            + "until you stop it; unfinished jobs go on at the next start.");
    examples(
        "sluice serve",
        "sluice serve --new-key ci --role operator --expires 90d",
        "sluice serve --listen 0.0.0.0:8443 --allow-host sluice.example.com \\",
        "    --tls-cert cert.pem --tls-key key.pem --db-url jdbc:postgresql://db/sluice");
  }

  @Override
  public Integer call() throws IOException {
    LogSetup.takeOverLibraries();
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    service.check();
    if (!newKey.isGiven() && (role.isGiven() || expires.isGiven())) {
      throw new UsageException(
          (role.isGiven() ? "--role" : "--expires") + " has no effect without --new-key NAME",
          null);
    }
    if (service.noAuth.get() && (newKey.isGiven() || removeKey.isGiven() || listKeys.get())) {
      throw new UsageException(
          "--no-auth does not go with --new-key, --remove-key and --list-keys", null);
    }
    requireEffect();
    ServeDatabase database = new ServeDatabase(service, environment);
    if (newKey.isGiven() || removeKey.isGiven() || listKeys.get()) {
      new KeyTask(database, console).run(keyRequest(), listKeys.get());
      return ExitCode.OK.number();
    }
    return verifyAudit.get()
        ? new AuditTask(database, console).run()
        : serve(console, database, environment);
  }

  /** Refuses options of the running service beside a task that starts none. */
  private void requireEffect() {
    String task =
        verifyAudit.get()
            ? "--verify-audit"
            : listKeys.get()
                ? "--list-keys"
                : newKey.isGiven() ? "--new-key" : removeKey.isGiven() ? "--remove-key" : null;
    if (task == null) {
      return;
    }
    if (verifyAudit.get() && (newKey.isGiven() || removeKey.isGiven() || listKeys.get())) {
      throw new UsageException(
          "--verify-audit does not go with --new-key, --remove-key and --list-keys", null);
    }
    List<String> given = new ArrayList<>(output.withoutNotice(service.given()));
    given.removeAll(OF_THE_DATABASE);
    if (output.config.isGiven() && !output.notify.isGiven()) {
      given.add("--config");
    }
    if (logFormat.isGiven()) {
      given.add("--log-format");
    }
    if (!given.isEmpty()) {
      throw new UsageException(
          given.get(0) + " has no effect with " + task + ", which starts no service",
          "leave it out");
    }
  }

  private KeyRequest keyRequest() {
    try {
      Instant end = expires.isGiven() ? KeyExpiry.of(expires.get(), Instant.now()) : null;
      return new KeyRequest(removeKey.orNull(), output.yes.get(), newKey.orNull(), role.get(), end);
    } catch (IllegalArgumentException none) {
      throw new UsageException("--expires: " + none.getMessage(), null);
    }
  }

  private int serve(Console console, ServeDatabase database, Environment environment)
      throws IOException {
    LogSetup.forService(logFormat.get());
    try (ServeTask task = ServeTask.start(service, output.config.orNull(), database, environment)) {
      task.announce(console);
      StopSignal stop = new StopSignal();
      Interrupts.await(task.untilStopped(stop), stop);
    }
    console.note("stopped; jobs that were under way go on at the next start");
    return ExitCode.INTERRUPTED.number();
  }
}
