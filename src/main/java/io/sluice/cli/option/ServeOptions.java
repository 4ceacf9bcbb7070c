package io.sluice.cli.option;

import io.sluice.config.Percentage;
import io.sluice.config.UsageException;
import io.sluice.job.approval.ApprovalRule;
import io.sluice.server.access.Hosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How the service listens, where it keeps its data, and how it works on jobs. */
public final class ServeOptions extends OptionGroup {
  private static final Set<String> OF_ANOTHER_DATABASE = Set.of("--db-user", "--db-password-file");

  private static final Duration SOONEST = Duration.ofSeconds(3);
  private static final Duration LATEST = Duration.ofHours(1);

  public final Value<String> listen =
      text(
              "--listen",
              "HOST:PORT",
              "Listen on this address (127.0.0.1:8080); port 0 is a free one.")
          .or("127.0.0.1:8080");

  public final Value<Path> dataDir =
      path(
          "--data-dir",
          "DIR",
          "The directory for jobs, uploads and snapshots; default: "
              + "$$XDG_DATA_HOME/sluice, else ~/.local/share/sluice.");

  public final Value<String> dbUrl =
      text(
          "--db-url",
          "URL",
          "The JDBC URL of a PostgreSQL; default: an embedded database in the data directory.");

  public final Value<String> dbUser = text("--db-user", "NAME", "The user of the database.");

  public final Value<Path> dbPasswordFile =
      path(
          "--db-password-file",
          "FILE",
          "A file that holds the database's password; default: $$SLUICE_DB_PASSWORD.");

  public final Value<Integer> jobs =
      value("--jobs", "N", Integer.class, "The most jobs to run at once (8).").or(8);

  public final Value<Duration> takeOver =
      value(
              "--take-over",
              "D",
              new DurationConverter(),
              "When a process that shares the database dies, take over its jobs after this "
                  + "time (30s).")
          .or(Duration.ofSeconds(30));

  public final Value<Long> maxUpload =
      value(
              "--max-upload",
              "SIZE",
              new SizeConverter(),
              "The largest file to accept, such as 500m or 2g (2g).")
          .or(2L << 30);

  public final Value<Integer> keepJobs =
      value(
              "--keep-jobs",
              "DAYS",
              Integer.class,
              "Remove jobs and their results so many days after their end (90); 0 keeps "
                  + "them. Snapshots stay.")
          .or(90);

  public final Value<Integer> keepAudit =
      value(
              "--keep-audit",
              "DAYS",
              Integer.class,
              "Remove entries of the audit trail after so many days; 0 (default) keeps all.")
          .or(0);

  public final Value<ApprovalRule> requireApproval =
      value(
          "--require-approval",
          "deletes|all",
          ApprovalRule.class,
          "Let plans wait until another person with the role approver approves them. "
              + "deletes: plans that delete. all: plans that change anything.");

  public final Value<Duration> approvalExpires =
      value(
              "--approval-expires",
              "D",
              new DurationConverter(),
              "End a job whose plan was not approved in this time, such as 24h (168h).")
          .or(Duration.ofDays(7));

  public final Value<String> approvalDrift =
      text(
              "--approval-drift",
              "P%",
              "Make an approved plan again, and let it wait for a new approval, if more "
                  + "than this share of its records have changed since (0%%).")
          .or("0%");

  public final Value<Boolean> noAuth =
      flag("--no-auth", "Work without keys: every user of this machine may do everything.");

  public final Value<List<String>> allowHosts =
      list(
              "--allow-host",
              "NAME",
              String.class,
              "Answer requests under this host name; repeatable.")
          .or(List.of());

  public final Value<Path> tlsCert =
      path("--tls-cert", "FILE", "The certificate for TLS, with its chain, as PEM.");

  public final Value<Path> tlsKey =
      path("--tls-key", "FILE", "The private key for TLS, as PEM: PKCS#8 without a password.");

  public final Value<Duration> maxOutage =
      value(
              "--max-outage",
              "D",
              new DurationConverter(),
              "Let a job give up when the API has been out for longer, such as 90s or 15m (15m).")
          .or(Duration.ofMinutes(15));

  public final Value<Path> caFile =
      path(
          "--ca-file",
          "FILE",
          "Also trust the certificate authorities in this PEM file in calls to the API.");

  public final Value<Boolean> allowHttp =
      flag("--allow-http", "Allow unencrypted http: to APIs on other machines.");

  /** The share of changes that may have moved, from 0 to 1. */
  public double drift() {
    return UsageException.checked(
        "--approval-drift: ", () -> Percentage.parse(approvalDrift.get()));
  }

  /**
   * Refuses numbers and times that the service cannot work with.
   *
   * @throws UsageException naming the option
   */
  public void check() {
    if (jobs.get() < 1 || jobs.get() > 1000) {
      throw new UsageException("--jobs is a number from 1 to 1000", null);
    }
    if (keepJobs.get() < 0 || keepJobs.get() > 36_500) {
      throw new UsageException("--keep-jobs is a number of days from 0 to 36500", null);
    }
    if (keepAudit.get() < 0 || keepAudit.get() > 36_500) {
      throw new UsageException("--keep-audit is a number of days from 0 to 36500", null);
    }
    if (requireApproval.isGiven() && noAuth.get()) {
      throw new UsageException(
          "--require-approval does not go with --no-auth: without keys everybody is the same",
          null);
    }
    if (!requireApproval.isGiven() && (approvalExpires.isGiven() || approvalDrift.isGiven())) {
      throw new UsageException(
          (approvalExpires.isGiven() ? "--approval-expires" : "--approval-drift")
              + " has no effect without --require-approval",
          null);
    }
    if (!dbUrl.isGiven()) {
      given().stream()
          .filter(OF_ANOTHER_DATABASE::contains)
          .findFirst()
          .ifPresent(
              option -> {
                throw new UsageException(
                    option + " has no effect without --db-url",
                    "the embedded database knows no users");
              });
    }
    allowHosts.get().forEach(ServeOptions::requireHost);
    if (approvalExpires.get().isZero()) {
      throw new UsageException("--approval-expires is a time from 1s on", null);
    }
    drift();
    if (takeOver.get().compareTo(SOONEST) < 0 || takeOver.get().compareTo(LATEST) > 0) {
      throw new UsageException("--take-over is a time from 3s to 1h", null);
    }
  }

  private static void requireHost(String name) {
    if (!Hosts.isName(name)) {
      throw new UsageException(
          "--allow-host: '" + name + "' is no name of a host",
          "give one name without a scheme and a port, such as sluice.example.com; repeat the option"
              + " for another");
    }
  }
}
