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
      description = "Listen on this address (127.0.0.1:8080); port 0 is a free one.")
  public String listen = "127.0.0.1:8080";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The directory for jobs, uploads and snapshots; default: "
              + "$$XDG_DATA_HOME/sluice, else ~/.local/share/sluice.")
  @Nullable
  public Path dataDir;

  @Option(
      names = "--db-url",
      paramLabel = "URL",
      description =
          "The JDBC URL of a PostgreSQL; default: an embedded database in the data " + "directory.")
  @Nullable
  public String dbUrl;

  @Option(names = "--db-user", paramLabel = "NAME", description = "The user of the database.")
  @Nullable
  public String dbUser;

  @Option(
      names = "--db-password-file",
      paramLabel = "FILE",
      description = "A file that holds the database's password; default: $$SLUICE_DB_PASSWORD.")
  @Nullable
  public Path dbPasswordFile;

  @Option(names = "--jobs", paramLabel = "N", description = "The most jobs to run at once (8).")
  public int jobs = 8;

  @Option(
      names = "--take-over",
      paramLabel = "D",
      description =
          "When a process that shares the database dies, take over its jobs after this "
              + "time (30s).",
      converter = DurationConverter.class)
  public Duration takeOver = Duration.ofSeconds(30);

  @Option(
      names = "--max-upload",
      paramLabel = "SIZE",
      description = "The largest file to accept, such as 500m or 2g (2g).",
      converter = SizeConverter.class)
  public long maxUpload = 2L << 30;

  @Option(
      names = "--keep-jobs",
      paramLabel = "DAYS",
      description =
          "Remove jobs and their results so many days after their end (90); 0 keeps "
              + "them. Snapshots stay.")
  public int keepJobs = 90;

  @Option(
      names = "--keep-audit",
      paramLabel = "DAYS",
      description = "Remove entries of the audit trail after so many days; 0 (default) keeps all.")
  public int keepAudit;

  @Option(
      names = "--require-approval",
      paramLabel = "deletes|all",
      description =
          "Let plans wait until another person with the role approver approves them. "
              + "deletes: plans that delete. all: plans that change anything.")
  @Nullable
  public ApprovalRule requireApproval;

  @Option(
      names = "--approval-expires",
      paramLabel = "D",
      description = "End a job whose plan was not approved in this time, such as 24h (168h).",
      converter = DurationConverter.class)
  public Duration approvalExpires = Duration.ofDays(7);

  @Option(
      names = "--approval-drift",
      paramLabel = "P%",
      description =
          "Make an approved plan again, and let it wait for a new approval, if more "
              + "than this share of its records have changed since (0%%).")
  public String approvalDrift = "0%";

  @Option(
      names = "--no-auth",
      description = "Work without keys: every user of this machine may do everything.")
  public boolean noAuth;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "Answer requests under this host name; repeatable.")
  public List<String> allowHosts = new ArrayList<>();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The certificate for TLS, with its chain, as PEM.")
  @Nullable
  public Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The private key for TLS, as PEM: PKCS#8 without a password.")
  @Nullable
  public Path tlsKey;

  @Option(
      names = "--max-outage",
      paramLabel = "D",
      description =
          "Let a job give up when the API has been out for longer, such as 90s or 15m " + "(15m).",
      converter = DurationConverter.class)
  public Duration maxOutage = Duration.ofMinutes(15);

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Also trust the certificate authorities in this PEM file in calls to the API.")
  @Nullable
  public Path caFile;

  @Option(
      names = "--allow-http",
      description = "Allow unencrypted http: to APIs on other machines.")
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
