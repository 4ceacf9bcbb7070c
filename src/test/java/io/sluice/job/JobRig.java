package io.sluice.job;

import io.sluice.Eventually;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Environment;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Upload;
import io.sluice.job.files.Uploads;
import io.sluice.job.quota.QuotaLeases;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.schedule.Schedules;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.JobStore;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.SessionObserver;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.report.RunId;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** A process's jobs, with a profile for each account of a sandbox: {@code one}, {@code two}. */
public final class JobRig implements AutoCloseable {
  static final Duration TAKE_OVER = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public final JobFiles files;
  public final Uploads uploads;
  public final Jobs jobs;
  public final JobEnvironment bench;
  public final Database database;
  private final Clock clock;
  private final Path directory;

  JobRig(Path directory, Sandbox sandbox, DatabaseSettings settings, String process)
      throws IOException {
    this(directory, sandbox, settings, process, 4);
  }

  /**
   * @param atOnce how many jobs the process runs at once
   */
  JobRig(Path directory, Sandbox sandbox, DatabaseSettings settings, String process, int atOnce)
      throws IOException {
    this(directory, sandbox, settings, process, atOnce, Clock.systemUTC());
  }

  /**
   * @param clock tells the jobs the time
   */
  public JobRig(
      Path directory,
      Sandbox sandbox,
      DatabaseSettings settings,
      String process,
      int atOnce,
      Clock clock)
      throws IOException {
    this(
        directory,
        sandbox,
        settings.withTakeOver(TAKE_OVER),
        new WorkerSettings(
            process,
            atOnce,
            Duration.ofMillis(100),
            TAKE_OVER,
            Duration.ofSeconds(10),
            Duration.ofDays(90)),
        clock,
        profile -> SessionObserver.NONE,
        JobListener.NONE);
    jobs.start();
  }

  /** Jobs that have not begun, with somebody who is told of them and of their calls. */
  public JobRig(
      Path directory,
      Sandbox sandbox,
      DatabaseSettings settings,
      WorkerSettings worker,
      Clock clock,
      Function<String, SessionObserver> meter,
      JobListener listener)
      throws IOException {
    this(directory, sandbox, settings, worker, clock, meter, JobPolicy.NONE, listener);
  }

  /** Jobs that have not begun, of which something is demanded. */
  public JobRig(
      Path directory,
      Sandbox sandbox,
      DatabaseSettings settings,
      WorkerSettings worker,
      Clock clock,
      Function<String, SessionObserver> meter,
      JobPolicy policy,
      JobListener listener)
      throws IOException {
    this.clock = clock;
    this.directory = directory;
    PrivateFiles.createDirectories(directory.resolve("data"));
    this.files = new JobFiles(directory.resolve("data"));
    this.database = Database.open(settings);
    this.uploads = new Uploads(database);
    Path profiles = directory.resolve("profiles.yaml");
    Files.writeString(
        profiles,
        "profiles:\n"
            + fast("one", sandbox, "00000000000000000000000000000001")
            + fast("two", sandbox, "00000000000000000000000000000002"));
    this.bench =
        new JobEnvironment(
            Accounts.inFile(profiles, new Environment(Map.of("TOKEN", sandbox.token()))),
            files,
            uploads,
            TransportOptions.defaults("test").withNetwork(null, false, ProxySettings.NONE),
            settings.url().contains("postgresql")
                ? new Governors(Schedulers.parallel(), new QuotaLeases(database)::of)
                : new Governors(Schedulers.parallel()),
            meter,
            Duration.ofSeconds(30),
            clock,
            "test");
    this.jobs = Jobs.open(database, bench, worker, policy, listener);
  }

  /** A rig of its own on embedded H2. */
  public static JobRig embedded(Path directory, Sandbox sandbox) throws IOException {
    return new JobRig(
        directory, sandbox, DatabaseSettings.embedded(directory.resolve("data")), "test");
  }

  /** A sandbox with the two accounts. */
  public static Sandbox.Builder sandbox() {
    return Sandbox.builder()
        .account("00000000000000000000000000000001")
        .account("00000000000000000000000000000002");
  }

  private static String profile(String name, Sandbox sandbox, String account) {
    return "  "
        + name
        + ":\n    account: '"
        + account
        + "'\n    token: env:TOKEN\n    base-url: '"
        + sandbox.baseUrl()
        + "'\n";
  }

  private static String fast(String name, Sandbox sandbox, String account) {
    return profile(name, sandbox, account) + "    rate: 100000/1s\n";
  }

  /** One more profile, of an account of a sandbox that has the same token. */
  void addProfile(String name, Sandbox sandbox, String account) throws IOException {
    Files.writeString(
        directory.resolve("profiles.yaml"),
        fast(name, sandbox, account),
        StandardOpenOption.APPEND);
  }

  /** One more profile, which uses all of a quota that is the default until one is announced. */
  void addUnpaced(String name, Sandbox sandbox, String account) throws IOException {
    Files.writeString(
        directory.resolve("profiles.yaml"),
        profile(name, sandbox, account) + "    reserve: 0%\n",
        StandardOpenOption.APPEND);
  }

  /** Puts a file where an upload would be. */
  public String upload(String name, String content) throws IOException {
    Instant now = clock.instant();
    String id = RunId.at(now).text();
    Path path = files.upload(id);
    PrivateFiles.createDirectories(files.root().resolve("uploads"));
    Files.writeString(path, content);
    Files.setLastModifiedTime(path, FileTime.from(now));
    uploads.add(new Upload(id, name, content.length(), "", "test", now));
    return id;
  }

  /** The latest of all jobs. */
  public static JobFilter latest(int limit) {
    return new JobFilter(null, null, null, null, limit);
  }

  /** An export of all records of these resources, as they are. */
  public static ExportSpec export(String profile, @Nullable List<String> resources) {
    return new ExportSpec(profile, resources, null, false, null, false, null);
  }

  /** Adds a schedule. */
  public static Schedule add(
      Schedules schedules, String name, JobSpec job, String cron, String zone, boolean paused) {
    return schedules.add(name, job, cron, zone, paused, "me", null).thing();
  }

  /** Adds a job, which runs as soon as it can. */
  public Job submit(JobSpec spec, String caller) {
    return jobs.submit(spec, caller, null).thing();
  }

  public Job imported(String upload, ImportOptions options) {
    return imported("one", upload, options);
  }

  Job imported(String profile, String upload, ImportOptions options) {
    return submit(new ImportSpec(profile, "block-senders", upload, null, options), "somebody");
  }

  /** Cuts the process off from its database. */
  void cutOff() {
    database.close();
  }

  /** The job once it is as is wanted, and the database is there to ask. */
  Job await(String id, Predicate<Job> wanted) {
    return await(() -> database.insist(() -> jobs.get(id).orElseThrow()), wanted);
  }

  /** What is there once it is as is wanted. */
  public <T> T await(Supplier<T> now, Predicate<T> wanted) {
    return Eventually.is(now, wanted);
  }

  /** Makes a task of db-scheduler due. */
  public void hasten(String task, String instance) {
    DueTasks.hasten(database, task, instance);
  }

  /** When a task of db-scheduler was last done; long ago if it never was. */
  public Instant lastSuccess(String task) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select last_success from scheduled_tasks where task_name = :task")
                    .bind("task", task)
                    .map((row, context) -> Optional.ofNullable(JobStore.time(row, "last_success")))
                    .findOne()
                    .flatMap(time -> time)
                    .orElse(Instant.EPOCH));
  }

  public Job awaitEnd(String id) {
    return await(id, job -> job.state().ended());
  }

  List<JobEvent> events(String id) {
    return jobs.events().of(id, 0).collectList().blockOptional(LONGEST).orElseThrow();
  }

  @Override
  public void close() {
    jobs.close();
    database.close();
  }
}
