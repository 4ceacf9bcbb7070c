package io.sluice.job;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.files.ExpiredJobs;
import io.sluice.job.files.FileUse;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.UploadDraft;
import io.sluice.job.files.Uploads;
import io.sluice.job.store.Database;
import io.sluice.job.work.JobEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes unused data, once an hour and by one process: jobs that ended long ago, with their events
 * and results, and files that were sent for nothing. Backups are none of its business. What cannot
 * be removed is logged and tried again the next time. Blocking.
 */
public final class Cleanup {
  /** The name of the task in db-scheduler. */
  static final String TASK = "cleanup";

  /** How long a file is kept that no job needs. */
  static final Duration KEEP_UPLOADS = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
  private static final Duration EVERY = Duration.ofHours(1);

  private final JobEnvironment environment;
  private final ExpiredJobs jobs;
  private final FileUse use;
  private final Uploads uploads;
  private final JobFiles files;
  private final Clock clock;
  private final Duration keepJobs;
  private final Duration keepAudit;
  private final AuditTrail trail;

  /**
   * @param keepJobs how long jobs are kept that have ended; zero for ever
   * @param keepAudit how long entries of the audit trail are kept; zero for ever
   */
  Cleanup(Database database, JobEnvironment environment, Duration keepJobs, Duration keepAudit) {
    this.keepAudit = keepAudit;
    this.trail = new AuditTrail(database, environment.clock());
    this.environment = environment;
    this.jobs = new ExpiredJobs(database, environment.files());
    this.use = new FileUse(database);
    this.uploads = environment.uploads();
    this.files = environment.files();
    this.clock = environment.clock();
    this.keepJobs = keepJobs;
  }

  /** The task that db-scheduler runs, on one of the processes. */
  public RecurringTask<Void> task() {
    return Tasks.recurring(TASK, FixedDelay.of(EVERY)).execute((instance, context) -> run());
  }

  /** Removes what is due now. */
  void run() {
    Instant now = clock.instant();
    attempt("half-sent files", () -> UploadDraft.sweep(files, now));
    attempt("uploads", () -> removeUploads(now.minus(KEEP_UPLOADS)));
    if (!keepJobs.isZero()) {
      attempt("jobs", () -> removeJobs(now.minus(keepJobs)));
    }
    if (!keepAudit.isZero()) {
      attempt("entries of the audit trail", () -> trail.removeBefore(now.minus(keepAudit)));
    }
    attempt("results of removed jobs", files::removeRetired);
  }

  private void removeUploads(Instant before) throws IOException {
    Set<String> needed = use.uploadsSince(before);
    Set<String> all = new HashSet<>(uploads.before(before));
    for (String id : all) {
      if (!needed.contains(id)) {
        attempt("upload " + id, () -> environment.discard(id));
      }
    }
    for (String id : files.uploadsBefore(before)) {
      if (uploads.get(id).isEmpty()) {
        // Its process was killed before it could make the file known.
        attempt("upload " + id, () -> Files.deleteIfExists(files.upload(id)));
      }
    }
  }

  private void removeJobs(Instant before) {
    List<String> expired = jobs.endedBefore(before);
    expired.forEach(id -> attempt("job " + id, () -> jobs.remove(id, before)));
    if (!expired.isEmpty()) {
      LOG.info("removed {} jobs that ended before {}", expired.size(), before);
    }
  }

  /** Something that may go wrong. */
  @FunctionalInterface
  private interface Removal {
    void run() throws IOException;
  }

  private static void attempt(String what, Removal removal) {
    try {
      removal.run();
    } catch (IOException | RuntimeException failed) {
      if (failed instanceof RuntimeException away && Database.isAway(away)) {
        throw away;
      }
      LOG.warn("cannot remove {}; it is tried again in an hour", what, failed);
    }
  }
}
