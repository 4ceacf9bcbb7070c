package io.sluice.server;

import io.sluice.disk.DirectoryTree;
import io.sluice.job.DueTasks;
import io.sluice.job.JobPolicy;
import io.sluice.job.JobRig;
import io.sluice.job.TestClock;
import io.sluice.job.WorkerSettings;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Uploads;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.ConsoleSessions;
import io.sluice.job.keys.Role;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.access.Keyring;
import io.sluice.server.access.RefusalTrail;
import io.sluice.server.access.Sessions;
import io.sluice.server.access.SignIns;
import io.sluice.server.api.EventRoute;
import io.sluice.server.http.Route;
import io.sluice.server.metrics.ServiceMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * A service on loopback, with profiles {@code one} and {@code two} of a sandbox. As an extension it
 * is made anew for every test, in a directory of its own.
 */
public final class ServiceRig implements AutoCloseable, BeforeEachCallback, AfterEachCallback {
  public static final String ONE = "00000000000000000000000000000001";
  public static final String TWO = "00000000000000000000000000000002";
  static final long LARGEST_UPLOAD = 64L << 20;
  private static final Duration STALLED = Duration.ofSeconds(30);

  private final Supplier<Sandbox> sandboxes;
  public Sandbox sandbox;
  public Path directory;
  HttpService service;
  JobFiles files;
  Uploads uploads;
  ApiKeys keys;
  String operator;
  String viewer;
  private JobRig made;
  private Backend backend;
  private JobPolicy policy = JobPolicy.NONE;
  final TestClock clock = new TestClock(Duration.ZERO);
  private String approver = "";
  private ServiceMetrics metrics;

  /** A service with a sandbox that holds nothing. */
  public ServiceRig() {
    this(() -> sandbox().start());
  }

  /** A service with a sandbox of its own. */
  @SuppressWarnings("NullAway.Init") // started before each test
  public ServiceRig(Supplier<Sandbox> sandboxes) {
    this.sandboxes = sandboxes;
  }

  /** The same, of whose jobs something is demanded. */
  ServiceRig demanding(JobPolicy demanded) {
    policy = demanded;
    return this;
  }

  public ServiceRig(Path directory, Sandbox sandbox) throws IOException {
    this(directory, sandbox, DatabaseSettings.embedded(directory.resolve("data")), STALLED, "test");
  }

  /**
   * @param process what it is called in a database that others may share
   */
  @SuppressWarnings("NullAway.Init") // by start
  ServiceRig(
      Path directory, Sandbox sandbox, DatabaseSettings database, Duration stalled, String process)
      throws IOException {
    this.sandboxes = () -> sandbox;
    this.sandbox = sandbox;
    this.directory = directory;
    start(settings(false, null), stalled, database, process);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    directory = Files.createTempDirectory("service");
    sandbox = sandboxes.get();
    start(settings(false, null), STALLED);
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    close();
    sandbox.close();
    DirectoryTree.remove(directory);
  }

  /** Ends the service and starts it again on what it has kept. */
  void restart(ServiceSettings settings, Duration stalled) throws IOException {
    close();
    start(settings, stalled);
  }

  /** The same, with access as it is by default. */
  void restart(Duration stalled) throws IOException {
    restart(settings(false, null), stalled);
  }

  private void start(ServiceSettings settings, Duration stalled) throws IOException {
    start(settings, stalled, DatabaseSettings.embedded(directory.resolve("data")), "test");
  }

  private void start(
      ServiceSettings settings, Duration stalled, DatabaseSettings database, String process)
      throws IOException {
    WorkerSettings worker =
        new WorkerSettings(
            process,
            4,
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ZERO);
    this.metrics = new ServiceMetrics();
    this.made =
        new JobRig(directory, sandbox, database, worker, clock, metrics.calls(), policy, metrics);
    this.files = made.files;
    this.uploads = made.uploads;
    this.keys = new ApiKeys(made.database);
    this.operator = keys.make("op-" + System.nanoTime(), Role.OPERATOR, Instant.now());
    this.viewer = keys.make("view-" + System.nanoTime(), Role.VIEWER, Instant.now());
    Files.writeString(
        profiles(),
        "  broken:\n    account: 'a'\n    token: env:NOWHERE\n",
        StandardOpenOption.APPEND);
    this.backend = new Backend(made.jobs, made.bench, made.database, keys, metrics, 4);
    this.service = HttpService.start(settings, backend, stalled);
    made.jobs.start();
  }

  private Path profiles() {
    return directory.resolve("profiles.yaml");
  }

  static ServiceSettings settings(boolean open, @Nullable String key) {
    return new ServiceSettings(
        "127.0.0.1", 0, List.of("sluice.example"), null, null, LARGEST_UPLOAD, open, key);
  }

  public static Sandbox.Builder sandbox() {
    return JobRig.sandbox();
  }

  /** Every route that there is. */
  List<Route> routes() {
    Sessions sessions = new Sessions(new ConsoleSessions(made.database), Clock.systemUTC());
    Keyring keyring = new Keyring(keys, Clock.systemUTC(), false, null);
    AuditTrail trail = new AuditTrail(made.database, Clock.systemUTC());
    EventRoute events =
        new EventRoute(made.jobs, Mono.never(), Duration.ofDays(1), caller -> Mono.just(true));
    return Services.routes(
        settings(false, null),
        backend,
        new SignIns(keyring, Clock.systemUTC(), trail, new RefusalTrail(trail)),
        sessions,
        events,
        Mono.never());
  }

  /** Somebody who comes with the operator's key. */
  public Visitor operator() {
    return new Visitor(service.port()).with("Authorization", "Bearer " + operator);
  }

  /** Somebody who comes with the approver's key. */
  public Visitor approver() {
    if (approver.isEmpty()) {
      approver = keys.make("approve-" + System.nanoTime(), Role.APPROVER, Instant.now());
    }
    return new Visitor(service.port()).with("Authorization", "Bearer " + approver);
  }

  /** Somebody who comes with the viewer's key. */
  public Visitor viewer() {
    return new Visitor(service.port()).with("Authorization", "Bearer " + viewer);
  }

  /** Somebody without any key. */
  Visitor stranger() {
    return new Visitor(service.port());
  }

  /** A CSV of so many senders. */
  public static String senders(int count) {
    return Stream.concat(
            Stream.of("pattern,pattern_type"),
            IntStream.range(0, count).mapToObj(i -> "host" + i + ".example,DOMAIN"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Sends a file; its id. */
  public String upload(String name, String content) {
    return client().upload(name, content);
  }

  /** Asks for a job; its id. */
  public String submit(String body) {
    return client().submit(body);
  }

  /** Asks for the import of a file of block senders; its id. */
  public String imported(String upload, String options) {
    return client().imported("one", upload, options);
  }

  /** The job once it is as is wanted. */
  public JsonNode await(String id, Predicate<JsonNode> wanted) {
    return client().await(id, wanted);
  }

  public JsonNode awaitEnd(String id) {
    return client().awaitEnd(id);
  }

  private JobClient client() {
    return new JobClient(operator());
  }

  /** From now on there is no profile but {@code broken}. */
  void forgetProfiles() throws IOException {
    String text = Files.readString(profiles());
    Files.writeString(profiles(), "profiles:\n" + text.substring(text.indexOf("  broken:")));
  }

  /** Makes a schedule due. */
  void hasten(String schedule) {
    DueTasks.hasten(made.database, "schedule", schedule);
  }

  /** From now on the database does not answer. */
  void breakDatabase() {
    made.database.close();
  }

  @Override
  public void close() {
    service.close();
    made.jobs.close();
    metrics.close();
    made.database.close();
  }
}
