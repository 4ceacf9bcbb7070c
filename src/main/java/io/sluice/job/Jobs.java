package io.sluice.job;

import io.sluice.config.UsageException;
import io.sluice.job.approval.Approvals;
import io.sluice.job.files.Upload;
import io.sluice.job.notice.NoticePost;
import io.sluice.job.notice.Notices;
import io.sluice.job.schedule.BackupWatch;
import io.sluice.job.schedule.PutOffTasks;
import io.sluice.job.schedule.Schedules;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobQueries;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import io.sluice.job.store.ResourceLocks;
import io.sluice.job.work.ApprovalStage;
import io.sluice.job.work.FailedRowsAgain;
import io.sluice.job.work.JobEnvironment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** All jobs, whichever process runs them. Blocking where nothing else is said; thread-safe. */
public final class Jobs implements AutoCloseable {
  private final JobStore store;
  private final JobQueries queries;
  private final ResourceLocks turns;
  private final JobEnvironment environment;
  private final Worker worker;
  private final Schedules schedules;
  private final Submissions submissions;
  private final Lifecycle lifecycle;
  private final EventFeed feed;
  private final Decisions decisions;
  private final Notices notices;
  private final PutOffTasks putOff;
  private Disposable recalling = Disposables.disposed();

  private Jobs(
      Database database,
      JobStore store,
      EventStore events,
      JobEnvironment environment,
      Worker worker,
      Schedules schedules,
      Decisions decisions,
      Notices notices) {
    this.notices = notices;
    this.decisions = decisions;
    this.store = store;
    this.queries = new JobQueries(database);
    this.turns = new ResourceLocks(database);
    this.environment = environment;
    this.worker = worker;
    this.schedules = schedules;
    this.putOff = new PutOffTasks(database, schedules);
    this.submissions =
        new Submissions(store, new RequestKeys(database, environment.clock()), environment, worker);
    this.lifecycle = new Lifecycle(database, store, environment, worker);
    this.feed = new EventFeed(store, events);
  }

  /**
   * The jobs of a database, with a worker that has not begun.
   *
   * @param policy what is demanded of jobs
   * @param listener who hears of what becomes of them
   */
  public static Jobs open(
      Database database,
      JobEnvironment environment,
      WorkerSettings settings,
      JobPolicy policy,
      JobListener listener) {
    JobStore store = new JobStore(database);
    EventStore events = new EventStore(database);
    Schedules schedules = new Schedules(database, environment.clock(), listener);
    Cleanup cleanup = new Cleanup(database, environment, settings.keepJobs(), policy.keepAudit());
    Notices notices =
        new Notices(
            database,
            policy.targets(),
            environment.accounts()::names,
            new NoticePost(environment.transport(), environment.clock()),
            environment.clock());
    Decisions decisions =
        new Decisions(database, store, environment, policy.approval().rule(), notices);
    JobRunner runner =
        new JobRunner(
            database,
            store,
            events,
            environment,
            settings.name(),
            new JobEnding(database, store, environment.clock(), policy, notices, listener),
            new ApprovalStage(policy.approval(), new Approvals(database), environment));
    Worker worker =
        new Worker(
            database,
            settings,
            environment.clock(),
            runner,
            List.of(schedules.task()),
            List.of(cleanup.task(), decisions.task()));
    decisions.connect(worker);
    Jobs jobs =
        new Jobs(database, store, events, environment, worker, schedules, decisions, notices);
    schedules.connect(worker.scheduler(), jobs.submissions::submit);
    return jobs;
  }

  /** The jobs that are made again and again. */
  public Schedules schedules() {
    return schedules;
  }

  /** Begins to run jobs on this process. */
  public void start() {
    worker.start();
    notices.start();
    schedules.planMissing();
    recalling = putOff.start();
  }

  /**
   * Adds a job, unless the same request has added it before.
   *
   * @param caller who asks for it
   * @param key null to add it each time
   * @throws UsageException if it cannot be understood, or names what is not there
   * @throws JobRefusedException if the key was used for another request
   */
  public Made<Job> submit(JobSpec spec, String caller, @Nullable RequestKey key) {
    return submissions.submit(spec, caller, key);
  }

  /**
   * Imports the rows again that a job has left over, unless the same request has done that before.
   *
   * @param resource of which kind of records; null if there is only one
   * @param helpful only the rows for which trying again may help
   * @param key null to import them each time
   * @throws JobRefusedException if there are none, or the key was used for another request
   */
  public Made<Job> retry(
      String id,
      @Nullable String resource,
      boolean helpful,
      String caller,
      @Nullable RequestKey key)
      throws IOException {
    return submissions.retry(id, resource, helpful, caller, key);
  }

  /**
   * Makes an upload that of a request, unless the same request has sent it before; then the new one
   * is removed.
   *
   * @param key null to keep it in any case
   * @throws JobRefusedException if the key was used for another request
   */
  public Made<Upload> keep(Upload upload, @Nullable RequestKey key) throws IOException {
    return submissions.keep(upload, key);
  }

  /** True if the job has left rows over that can be imported again. */
  public boolean canRetry(Job job) {
    return job.state().ended() && !FailedRowsAgain.left(job, environment.files()).isEmpty();
  }

  /**
   * Checks that a job could be taken now.
   *
   * @throws UsageException if it cannot be understood, or names what is not there
   */
  public void check(JobSpec spec) {
    submissions.check(spec);
  }

  /** The job of that id. */
  public Optional<Job> get(String id) {
    return store.get(id);
  }

  /** The latest jobs that the filter lets pass, latest first. */
  public List<Job> list(JobFilter filter) {
    return queries.list(filter);
  }

  /**
   * Another job that changes the same records, and comes first.
   *
   * @return its id; empty if the job waits for none
   */
  public Optional<String> waitsFor(Job job) {
    return job.state() == JobState.QUEUED && job.changes() ? turns.before(job) : Optional.empty();
  }

  /** Ends jobs, stops them and lets them go on. */
  public Lifecycle lifecycle() {
    return lifecycle;
  }

  /** The notices to other systems. */
  public Notices notices() {
    return notices;
  }

  /** The decisions about plans that wait for an approval. */
  public Decisions decisions() {
    return decisions;
  }

  /** How many jobs are in each state. */
  public Map<JobState, Long> counts() {
    return queries.counts();
  }

  /** The last good backups of the profiles that there are, of what their accounts offer. */
  public List<Backup> backups() {
    List<Backup> backups =
        queries.backups(environment.clock().instant()).stream().filter(Backup::held).toList();
    try {
      List<String> profiles = environment.accounts().names();
      return backups.stream().filter(backup -> profiles.contains(backup.profile())).toList();
    } catch (UsageException unreadable) {
      // Nobody can tell which profiles there are while somebody is writing them.
      return backups;
    }
  }

  /** Finds backups of schedules that are overdue at this moment. */
  public BackupWatch backupWatch() {
    Instant now = environment.clock().instant();
    return new BackupWatch(queries.backups(now), now);
  }

  /** What happens to jobs. */
  public EventFeed events() {
    return feed;
  }

  /** Stops running jobs on this process; those that ran go on elsewhere, or at the next start. */
  @Override
  public void close() {
    recalling.dispose();
    notices.close();
    worker.close();
  }
}
