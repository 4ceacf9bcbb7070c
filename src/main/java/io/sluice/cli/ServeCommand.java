package io.sluice.cli;

import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.job.KeyExpiry;
import io.sluice.job.Role;
import io.sluice.pipeline.StopSignal;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the service and its web console. */
@Command(
    name = "serve",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Starts the service: the same jobs over HTTP and in a web console, for several people and"
            + " machines. Runs until stopped; jobs that were under way go on at the next start.",
    footer = {
      "",
      "Examples:",
      "  sluice serve",
      "  sluice serve --new-key ci --role operator --expires 90d",
      "  sluice serve --listen 0.0.0.0:8443 --allow-host sluice.example.com \\",
      "      --tls-cert cert.pem --tls-key key.pem --db-url jdbc:postgresql://db/sluice"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Duration SOONEST = Duration.ofSeconds(3);
  private static final Duration LATEST = Duration.ofHours(1);

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen (127.0.0.1:8080); port 0 is any free one.")
  String listen = "127.0.0.1:8080";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where jobs, uploads and snapshots are kept; default $$XDG_DATA_HOME/sluice.")
  @Nullable Path dataDir;

  @Option(
      names = "--db-url",
      paramLabel = "URL",
      description = "A JDBC URL of PostgreSQL; default a database in the data directory.")
  @Nullable String dbUrl;

  @Option(names = "--db-user", paramLabel = "NAME", description = "Who the database knows.")
  @Nullable String dbUser;

  @Option(
      names = "--db-password-file",
      paramLabel = "FILE",
      description = "A file that holds the database's password; default $$SLUICE_DB_PASSWORD.")
  @Nullable Path dbPasswordFile;

  @Option(names = "--jobs", paramLabel = "N", description = "How many jobs run at once (8).")
  int jobs = 8;

  @Option(
      names = "--take-over",
      paramLabel = "D",
      description =
          "How long it takes at most until others that share the database go on with the jobs of a"
              + " process that has died (30s).",
      converter = DurationConverter.class)
  Duration takeOver = Duration.ofSeconds(30);

  @Option(
      names = "--max-upload",
      paramLabel = "SIZE",
      description = "The largest file that may be sent, such as 500m or 2g (2g).",
      converter = SizeConverter.class)
  long maxUpload = 2L << 30;

  @Option(
      names = "--keep-jobs",
      paramLabel = "DAYS",
      description =
          "Remove jobs with their results so many days after their end (90); 0 keeps them."
              + " Snapshots stay in any case.")
  int keepJobs = 90;

  @Option(
      names = "--no-auth",
      description = "Let everybody on this machine do everything, without a key.")
  boolean noAuth;

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description = "Make a key, print it once, and end. Works while the service runs, too.")
  @Nullable String newKey;

  @Option(
      names = "--role",
      paramLabel = "viewer|operator",
      description = "What the new key is good for (viewer).")
  @Nullable Role role;

  @Option(
      names = "--expires",
      paramLabel = "D|DATE",
      description = "When the new key ends, such as 90d, 12h or 2027-01-31 (never).")
  @Nullable String expires;

  @Option(
      names = "--remove-key",
      paramLabel = "NAME",
      description =
          "Take a key away from whoever holds it, end its sessions, and end. The last operator's key"
              + " needs --yes.")
  @Nullable String removeKey;

  @Option(names = "--list-keys", description = "List the keys, never what they are, and end.")
  boolean listKeys;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "A name under which the service is called; repeatable.")
  List<String> allowHosts = new ArrayList<>();

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM certificates, for TLS.")
  @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The PEM key, for TLS: PKCS#8 without a password.")
  @Nullable Path tlsKey;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "How lines of the log are written (text).")
  LogSetup.Format logFormat = LogSetup.Format.TEXT;

  @Option(
      names = "--max-outage",
      paramLabel = "D",
      description = "How long a job waits while the API is out, such as 90s or 15m (15m).",
      converter = DurationConverter.class)
  Duration maxOutage = Duration.ofMinutes(15);

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM certificates of further authorities to trust in calls to the API.")
  @Nullable Path caFile;

  @Option(
      names = "--allow-http",
      description = "Allow plain http: to APIs on other machines than this one.")
  boolean allowHttp;

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    if (jobs < 1 || jobs > 1000) {
      throw new UsageException("--jobs is a number from 1 to 1000", null);
    }
    if (keepJobs < 0 || keepJobs > 36_500) {
      throw new UsageException("--keep-jobs is a number of days from 0 to 36500", null);
    }
    if (takeOver.compareTo(SOONEST) < 0 || takeOver.compareTo(LATEST) > 0) {
      throw new UsageException("--take-over is a time from 3s to 1h", null);
    }
    ServeDatabase database = new ServeDatabase(this, environment);
    if (newKey == null && (role != null || expires != null)) {
      throw new UsageException("--role and --expires go with --new-key NAME", null);
    }
    if (newKey != null || removeKey != null || listKeys) {
      new KeyTask(database, console).run(keyRequest(), listKeys);
      return ExitCode.OK.number();
    }
    return serve(console, database, environment);
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
    try (ServeTask task = ServeTask.start(this, output.config, database, environment)) {
      task.announce(console);
      StopSignal stop = new StopSignal();
      Interrupts.await(task.untilStopped(stop), stop);
    }
    console.note("stopped; jobs that were under way go on at the next start");
    return ExitCode.INTERRUPTED.number();
  }
}
