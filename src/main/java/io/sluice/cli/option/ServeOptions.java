package io.sluice.cli.option;

import io.sluice.config.Percentage;
import io.sluice.config.UsageException;
import io.sluice.job.approval.ApprovalRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the service listens, where it keeps its data, and how it works on jobs. */
public final class ServeOptions {
  private static final Duration SOONEST = Duration.ofSeconds(3);
  private static final Duration LATEST = Duration.ofHours(1);

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen (127.0.0.1:8080); port 0 is any free one.")
  public String listen = "127.0.0.1:8080";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where jobs, uploads and snapshots are kept; default $$XDG_DATA_HOME/sluice.")
  @Nullable
  public Path dataDir;

  @Option(
      names = "--db-url",
      paramLabel = "URL",
      description = "A JDBC URL of PostgreSQL; default a database in the data directory.")
  @Nullable
  public String dbUrl;

  @Option(names = "--db-user", paramLabel = "NAME", description = "Who the database knows.")
  @Nullable
  public String dbUser;

  @Option(
      names = "--db-password-file",
      paramLabel = "FILE",
      description = "A file that holds the database's password; default $$SLUICE_DB_PASSWORD.")
  @Nullable
  public Path dbPasswordFile;

  @Option(names = "--jobs", paramLabel = "N", description = "How many jobs run at once (8).")
  public int jobs = 8;

  @Option(
      names = "--take-over",
      paramLabel = "D",
      description =
          "How long it takes at most until others that share the database go on with the jobs of a"
              + " process that has died (30s).",
      converter = DurationConverter.class)
  public Duration takeOver = Duration.ofSeconds(30);

  @Option(
      names = "--max-upload",
      paramLabel = "SIZE",
      description = "The largest file that may be sent, such as 500m or 2g (2g).",
      converter = SizeConverter.class)
  public long maxUpload = 2L << 30;

  @Option(
      names = "--keep-jobs",
      paramLabel = "DAYS",
      description =
          "Remove jobs with their results so many days after their end (90); 0 keeps them."
              + " Snapshots stay in any case.")
  public int keepJobs = 90;

  @Option(
      names = "--keep-audit",
      paramLabel = "DAYS",
      description = "Remove entries of the audit trail after so many days; 0 (default) keeps them.")
  public int keepAudit;

  @Option(
      names = "--require-approval",
      paramLabel = "deletes|all",
      description =
          "Let a job whose plan deletes, or changes anything, wait until another person with the"
              + " role approver has approved the plan.")
  @Nullable
  public ApprovalRule requireApproval;

  @Option(
      names = "--approval-expires",
      paramLabel = "D",
      description = "How long a plan waits for an approval, such as 24h (168h).",
      converter = DurationConverter.class)
  public Duration approvalExpires = Duration.ofDays(7);

  @Option(
      names = "--approval-drift",
      paramLabel = "P%",
      description =
          "Let an approved plan wait again, as made once more, if more than this share of its changes"
              + " concern records that have moved (0%%).")
  public String approvalDrift = "0%";

  @Option(
      names = "--no-auth",
      description = "Let everybody on this machine do everything, without a key.")
  public boolean noAuth;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "A name under which the service is called; repeatable.")
  public List<String> allowHosts = new ArrayList<>();

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM certificates, for TLS.")
  @Nullable
  public Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The PEM key, for TLS: PKCS#8 without a password.")
  @Nullable
  public Path tlsKey;

  @Option(
      names = "--max-outage",
      paramLabel = "D",
      description = "How long a job waits while the API is out, such as 90s or 15m (15m).",
      converter = DurationConverter.class)
  public Duration maxOutage = Duration.ofMinutes(15);

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM certificates of further authorities to trust in calls to the API.")
  @Nullable
  public Path caFile;

  @Option(
      names = "--allow-http",
      description = "Allow plain http: to APIs on other machines than this one.")
  public boolean allowHttp;

  /** The share of changes that may have moved, from 0 to 1. */
  public double drift() {
    return UsageException.checked("--approval-drift: ", () -> Percentage.parse(approvalDrift));
  }

  /**
   * Refuses numbers and times that the service cannot work with.
   *
   * @throws UsageException naming the option
   */
  public void check() {
    if (jobs < 1 || jobs > 1000) {
      throw new UsageException("--jobs is a number from 1 to 1000", null);
    }
    if (keepJobs < 0 || keepJobs > 36_500) {
      throw new UsageException("--keep-jobs is a number of days from 0 to 36500", null);
    }
    if (keepAudit < 0 || keepAudit > 36_500) {
      throw new UsageException("--keep-audit is a number of days from 0 to 36500", null);
    }
    if (requireApproval != null && noAuth) {
      throw new UsageException(
          "--require-approval does not go with --no-auth: without keys everybody is the same",
          null);
    }
    if (approvalExpires.isZero()) {
      throw new UsageException("--approval-expires is a time from 1s on", null);
    }
    drift();
    if (takeOver.compareTo(SOONEST) < 0 || takeOver.compareTo(LATEST) > 0) {
      throw new UsageException("--take-over is a time from 3s to 1h", null);
    }
  }
}
