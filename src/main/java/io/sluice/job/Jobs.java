package io.sluice.job;

import io.sluice.report.ExitCode;
import io.sluice.report.RunId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All jobs, whichever process runs them. Blocking where nothing else is said; thread-safe. */
public final class Jobs implements AutoCloseable {
  private static final Duration LOOKING = Duration.ofMillis(400);
  private static final int EVENTS_AT_ONCE = 500;
  private static final Set<Integer> RESUMABLE =
      Set.of(
          ExitCode.NOT_PERMITTED.number(),
          ExitCode.GAVE_UP.number(),
          ExitCode.FATE_UNKNOWN.number(),
          ExitCode.INTERRUPTED.number());

  private final JobStore store;
  private final EventStore events;
  private final Workbench bench;
  private final Worker worker;
  private final Schedules schedules;
  private final JobCheck check;
  private final RequestKeys keys;

  private Jobs(
      JobStore store,
      EventStore events,
      RequestKeys keys,
      Workbench bench,
      Worker worker,
      Schedules schedules) {
    this.schedules = schedules;
    this.store = store;
    this.events = events;
    this.keys = keys;
    this.bench = bench;
    this.worker = worker;
    this.check = new JobCheck(bench);
  }

  /** The jobs of a database, with a worker that has not begun. */
  public static Jobs open(Database database, Workbench bench, WorkerSettings settings) {
    return open(database, bench, settings, job -> {});
  }

  /**
   * The jobs of a database, with a worker that has not begun.
   *
   * @param ended is told of each job that has ended on this process, on the worker's thread
   */
  public static Jobs open(
      Database database, Workbench bench, WorkerSettings settings, Consumer<Job> ended) {
    JobStore store = new JobStore(database);
    EventStore events = new EventStore(database);
    Schedules schedules = new Schedules(database, bench.clock());
    Worker worker =
        new Worker(database, store, events, bench, settings, List.of(schedules.task()), ended);
    Jobs jobs = new Jobs(store, events, new RequestKeys(database), bench, worker, schedules);
    schedules.connect(
        worker.scheduler(),
        (schedule, caller) -> jobs.submit(schedule.job(), caller, schedule.id()));
    return jobs;
  }

  /** The jobs that are made again and again. */
  public Schedules schedules() {
    return schedules;
  }

  /** Begins to run jobs on this process. */
  public void start() {
    worker.start();
  }

  /**
   * Adds a job, which runs as soon as it can.
   *
   * @param caller who asks for it
   * @throws io.sluice.config.UsageException if it cannot be understood, or names what is not there
   */
  public Job submit(JobSpec spec, String caller) {
    return submit(spec, caller, null);
  }

  /**
   * Adds a job, unless the same request has added it before.
   *
   * @throws io.sluice.config.UsageException if it cannot be understood, or names what is not there
   * @throws JobRefusedException if the key was used for another request
   */
  public Submitted submit(JobSpec spec, RequestKey key) {
    Optional<Job> before = keys.made(key).flatMap(store::get);
    if (before.isPresent()) {
      return new Submitted(before.get(), true);
    }
    Job job = job(spec, key.caller(), null);
    try {
      store.add(job, handle -> RequestKeys.add(handle, key, job.id(), job.madeAt()));
    } catch (UnableToExecuteStatementException taken) {
      // The same request has come twice at the same time.
      return new Submitted(keys.made(key).flatMap(store::get).orElseThrow(() -> taken), true);
    }
    begin(job);
    return new Submitted(job, false);
  }

  Job submit(JobSpec spec, String caller, @Nullable String schedule) {
    Job job = job(spec, caller, schedule);
    store.add(job, handle -> {});
    begin(job);
    return job;
  }

  /**
   * Imports the rows again that a job has left over.
   *
   * @param resource of which kind of records; null if there is only one
   * @throws JobRefusedException if there are none
   */
  public Job retry(String id, @Nullable String resource, String caller) throws IOException {
    return submit(new FailedRowsAgain(bench).of(required(id), resource, caller), caller);
  }

  /** True if the job has left rows over that can be imported again. */
  public boolean canRetry(Job job) {
    return job.state().ended() && !FailedRowsAgain.left(job, bench.files()).isEmpty();
  }

  private void begin(Job job) {
    tell(job.id(), JobState.QUEUED);
    worker.submit(job.id());
  }

  private Job job(JobSpec spec, String caller, @Nullable String schedule) {
    check.require(spec);
    Instant now = bench.clock().instant().truncatedTo(ChronoUnit.MICROS);
    return new Job(
        RunId.at(now).text(),
        spec.jobKind(),
        check.profile(spec),
        check.account(spec),
        check.resources(spec),
        spec.rehearsal(),
        spec,
        JobState.QUEUED,
        null,
        null,
        null,
        null,
        caller,
        now,
        null,
        null,
        null,
        0,
        schedule);
  }

  /**
   * Checks that a job could be taken now.
   *
   * @throws io.sluice.config.UsageException if it cannot be understood, or names what is not there
   */
  public void check(JobSpec spec) {
    check.require(spec);
  }

  /** The job of that id. */
  public Optional<Job> get(String id) {
    return store.get(id);
  }

  /** The latest jobs that the filter lets pass, latest first. */
  public List<Job> list(JobFilter filter) {
    return store.list(filter);
  }

  /**
   * Ends a job: at once if no process runs it, else as soon as what is in flight is finished.
   *
   * @throws JobRefusedException if it has ended
   */
  public void cancel(String id) {
    boolean still = List.of(JobState.QUEUED, JobState.PAUSED).contains(required(id).state());
    if (still
        && store.change(
            id,
            List.of(JobState.QUEUED, JobState.PAUSED),
            JobState.CANCELLED,
            bench.clock().instant())) {
      tell(id, JobState.CANCELLED);
      events.add(id, "done", "{}", bench.clock().instant());
    } else if (store.wish(id, Wish.CANCEL)) {
      worker.nudge();
    } else {
      throw new JobRefusedException("ended", "the job has ended");
    }
  }

  /**
   * Stops a job until it is resumed.
   *
   * @throws JobRefusedException if it neither runs nor waits
   */
  public void pause(String id) {
    required(id);
    if (store.change(id, List.of(JobState.QUEUED), JobState.PAUSED, null)) {
      tell(id, JobState.PAUSED);
    } else if (store.wish(id, Wish.PAUSE)) {
      worker.nudge();
    } else {
      throw new JobRefusedException("not_running", "the job does not run");
    }
  }

  /**
   * Goes on with a job that was paused, cancelled or ended early, from where it ended.
   *
   * @throws JobRefusedException if there is nothing to go on with
   */
  public void resume(String id) {
    Job job = required(id);
    if (!canResume(job) || !store.change(id, List.of(job.state()), JobState.QUEUED, null)) {
      throw new JobRefusedException(
          "not_resumable", "there is nothing to go on with: the job is " + job.state().label());
    }
    events.reopen(id);
    tell(id, JobState.QUEUED);
    worker.submit(id);
  }

  /** True if there is something to go on with. */
  public static boolean canResume(Job job) {
    return job.state() == JobState.PAUSED
        || job.state() == JobState.CANCELLED
        || (job.state() == JobState.FINISHED
            && job.exit() != null
            && RESUMABLE.contains(job.exit()));
  }

  /** How many jobs are in each state. */
  public Map<JobState, Long> counts() {
    return store.counts();
  }

  /** True if the job has ended, and nothing happened to it after the event of that number. */
  public boolean hasEndedBy(String id, long number) {
    return events.last(id).stream()
        .anyMatch(last -> last.name().equals("done") && last.number() <= number);
  }

  /** What happens to a job, from after that event on, until it ends. Does not block. */
  public Flux<JobEvent> events(String id, long after) {
    return Mono.fromCallable(() -> store.get(id).isPresent())
        .subscribeOn(Schedulers.boundedElastic())
        .flatMapMany(known -> known ? follow(id, after) : Flux.empty());
  }

  private Flux<JobEvent> follow(String id, long after) {
    long[] seen = {after};
    return Flux.defer(() -> pulse())
        .concatMap(
            tick ->
                Mono.fromCallable(() -> events.after(id, seen[0], EVENTS_AT_ONCE))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMapIterable(found -> found)
                    .doOnNext(event -> seen[0] = event.number()),
            1)
        .takeUntil(event -> event.name().equals("done"));
  }

  private static Flux<Long> pulse() {
    return Flux.interval(Duration.ZERO, LOOKING).onBackpressureDrop();
  }

  private Job required(String id) {
    return store
        .get(id)
        .orElseThrow(() -> new JobRefusedException("no_such_job", "there is no job " + id));
  }

  private void tell(String id, JobState state) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("state", state.label());
    events.add(id, "state", JobStore.JSON.writeValueAsString(event), bench.clock().instant());
  }

  /** Stops running jobs on this process; those that ran go on elsewhere, or at the next start. */
  @Override
  public void close() {
    worker.close();
  }
}
