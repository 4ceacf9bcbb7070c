package io.sluice.server;

import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Environment;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.Accounts;
import io.sluice.job.DueTasks;
import io.sluice.job.Jobs;
import io.sluice.job.WorkerSettings;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Uploads;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.ConsoleSessions;
import io.sluice.job.keys.Role;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.Governors;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.access.Keyring;
import io.sluice.server.access.Sessions;
import io.sluice.server.access.SignIns;
import io.sluice.server.api.EventRoute;
import io.sluice.server.http.Route;
import io.sluice.server.metrics.ServiceMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** A service on loopback, with profiles {@code one} and {@code two} of a sandbox. */
public final class ServiceRig implements AutoCloseable {
  public static final String ONE = "00000000000000000000000000000001";
  public static final String TWO = "00000000000000000000000000000002";
  static final long LARGEST_UPLOAD = 64L << 20;

  final HttpService service;
  final JobFiles files;
  final Uploads uploads;
  final ApiKeys keys;
  final String operator;
  final String viewer;
  private final Database database;
  private final Path profiles;
  private final Jobs jobs;
  private final Backend backend;
  private final ServiceMetrics metrics = new ServiceMetrics();

  public ServiceRig(Path directory, Sandbox sandbox) throws IOException {
    this(directory, sandbox, settings(false, null), Duration.ofSeconds(30));
  }

  ServiceRig(Path directory, Sandbox sandbox, ServiceSettings settings, Duration stalled)
      throws IOException {
    this(
        directory,
        sandbox,
        settings,
        stalled,
        DatabaseSettings.embedded(directory.resolve("data")),
        "test");
  }

  /**
   * @param process what it is called in a database that others may share
   */
  ServiceRig(
      Path directory,
      Sandbox sandbox,
      ServiceSettings settings,
      Duration stalled,
      DatabaseSettings database,
      String process)
      throws IOException {
    Path data = directory.resolve("data");
    PrivateFiles.createDirectories(data);
    this.files = new JobFiles(data);
    this.database = Database.open(database);
    this.uploads = new Uploads(this.database);
    this.keys = new ApiKeys(this.database);
    this.operator = keys.make("op-" + System.nanoTime(), Role.OPERATOR, Instant.now());
    this.viewer = keys.make("view-" + System.nanoTime(), Role.VIEWER, Instant.now());
    this.profiles = directory.resolve("profiles.yaml");
    Files.writeString(
        profiles,
        "profiles:\n"
            + profile("one", sandbox, ONE)
            + profile("two", sandbox, TWO)
            + "  broken:\n    account: 'a'\n    token: env:NOWHERE\n");
    JobEnvironment bench =
        new JobEnvironment(
            Accounts.inFile(profiles, new Environment(Map.of("TOKEN", sandbox.token()))),
            files,
            uploads,
            TransportOptions.defaults("test").withNetwork(null, false, ProxySettings.NONE),
            new Governors(Schedulers.parallel()),
            metrics.calls(),
            Duration.ofSeconds(30),
            Clock.systemUTC(),
            "test");
    this.jobs =
        Jobs.open(
            this.database,
            bench,
            new WorkerSettings(
                process,
                4,
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ZERO),
            metrics);
    this.backend = new Backend(jobs, bench, this.database, keys, metrics, 4);
    this.service = HttpService.start(settings, backend, stalled);
    jobs.start();
  }

  static ServiceSettings settings(boolean open, @Nullable String key) {
    return new ServiceSettings(
        "127.0.0.1", 0, List.of("sluice.example"), null, null, LARGEST_UPLOAD, open, key);
  }

  public static Sandbox.Builder sandbox() {
    return Sandbox.builder().account(ONE).account(TWO);
  }

  private static String profile(String name, Sandbox sandbox, String account) {
    return "  "
        + name
        + ":\n    account: '"
        + account
        + "'\n    token: env:TOKEN\n    base-url: '"
        + sandbox.baseUrl()
        + "'\n    rate: 100000/1s\n";
  }

  /** Every route that there is. */
  List<Route> routes() {
    Sessions sessions = new Sessions(new ConsoleSessions(database), Clock.systemUTC());
    Keyring keyring = new Keyring(keys, Clock.systemUTC(), false, null);
    EventRoute events =
        new EventRoute(jobs, Mono.never(), Duration.ofDays(1), caller -> Mono.just(true));
    return Services.routes(
        settings(false, null), backend, new SignIns(keyring, Clock.systemUTC()), sessions, events);
  }

  /** Somebody who comes with the operator's key. */
  public Visitor operator() {
    return new Visitor(service.port()).with("Authorization", "Bearer " + operator);
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
    String text = Files.readString(profiles);
    Files.writeString(profiles, "profiles:\n" + text.substring(text.indexOf("  broken:")));
  }

  /** Makes a schedule due. */
  void hasten(String schedule) {
    DueTasks.hasten(database, "schedule", schedule);
  }

  /** From now on the database does not answer. */
  void breakDatabase() {
    database.close();
  }

  @Override
  public void close() {
    service.close();
    jobs.close();
    metrics.close();
    database.close();
  }
}
