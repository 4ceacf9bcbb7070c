package io.sluice.cli.serve;

import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ListenAddress;
import io.sluice.cli.option.ServeOptions;
import io.sluice.cli.text.Json;
import io.sluice.config.Environment;
import io.sluice.config.NotifyTargets;
import io.sluice.config.ProfileFile;
import io.sluice.config.ProxyVariables;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.job.Accounts;
import io.sluice.job.JobPolicy;
import io.sluice.job.Jobs;
import io.sluice.job.WorkerSettings;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.ApprovalRule;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Uploads;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.KeyRegister;
import io.sluice.job.quota.QuotaLeases;
import io.sluice.job.store.DataDirectory;
import io.sluice.job.store.Database;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.StopSignal;
import io.sluice.server.Backend;
import io.sluice.server.HttpService;
import io.sluice.server.ServiceSettings;
import io.sluice.server.metrics.ServiceMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** The service of one process: its database, its jobs and what listens. */
public final class ServeTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServeTask.class);
  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Duration LAST_CALLS = Duration.ofSeconds(22);

  private final Database database;
  private final Jobs jobs;
  private final ServiceMetrics metrics;
  private final HttpService http;
  private final @Nullable KeySocket socket;
  private final @Nullable String key;
  private boolean closed;

  private ServeTask(
      Database database,
      Jobs jobs,
      ServiceMetrics metrics,
      HttpService http,
      @Nullable KeySocket socket,
      @Nullable String key) {
    this.database = database;
    this.jobs = jobs;
    this.metrics = metrics;
    this.http = http;
    this.socket = socket;
    this.key = key;
  }

  /**
   * Starts everything, or nothing.
   *
   * @throws UsageException if it cannot be started as it was asked for
   */
  public static ServeTask start(
      ServeOptions options, @Nullable Path config, ServeDatabase place, Environment environment)
      throws IOException {
    ListenAddress address = ListenAddress.of(options.listen.get());
    Accounts accounts = accounts(config, environment);
    TransportOptions transport = transport(options, environment);
    Database database = place.open();
    @Nullable Jobs jobs = null;
    @Nullable KeySocket socket = null;
    boolean started = false;
    ServiceMetrics metrics = new ServiceMetrics();
    try {
      ApiKeys keys = new ApiKeys(database);
      requireClosed(address, options.noAuth.get(), keys.any());
      // A viewer's key alone would leave nobody who can start a job or make another key.
      boolean operator = keys.anyOperator(Instant.now());
      boolean passing = !operator && !options.noAuth.get() && address.loopback();
      @Nullable String key = passing ? ApiKeys.random() : null;
      if (!operator && !options.noAuth.get() && !passing) {
        LOG.warn(
            "no operator's key opens this service: make one with 'sluice serve --new-key NAME"
                + " --role operator'");
      }
      DataDirectory.requireSame(database, place.directory());
      JobFiles files = new JobFiles(place.directory());
      JobEnvironment jobEnvironment =
          new JobEnvironment(
              accounts,
              files,
              new Uploads(database),
              transport,
              governors(database),
              metrics.calls(),
              options.maxOutage.get(),
              Clock.systemUTC(),
              Version.current());
      jobs =
          Jobs.open(
              database,
              jobEnvironment,
              worker(options),
              policy(options, config, environment),
              metrics);
      HttpService http =
          HttpService.start(
              settings(options, address, key),
              new Backend(jobs, jobEnvironment, database, keys, metrics, options.jobs.get()));
      if (place.embedded()) {
        socket = socket(place.directory(), database);
      }
      jobs.start();
      started = true;
      return new ServeTask(database, jobs, metrics, http, socket, key);
    } finally {
      if (!started) {
        if (socket != null) {
          socket.close();
        }
        if (jobs != null) {
          jobs.close();
        }
        metrics.close();
        database.close();
      }
    }
  }

  private static @Nullable KeySocket socket(Path directory, Database database) {
    try {
      return KeySocket.open(directory, new KeyRegister(database, Clock.systemUTC()));
    } catch (IOException | UnsupportedOperationException impossible) {
      LOG.warn(
          "while this service runs, keys can be managed over HTTP (/v1/keys) and not from the command"
              + " line: {}",
          impossible.getMessage());
      return null;
    }
  }

  /** Where several processes may share the accounts, they share the quota. */
  private static Governors governors(Database database) {
    return database.alone()
        ? new Governors(Schedulers.parallel())
        : new Governors(Schedulers.parallel(), new QuotaLeases(database)::of);
  }

  private static Accounts accounts(@Nullable Path config, Environment environment) {
    Path file = config == null ? ProfileFile.defaultPath(environment) : config;
    if (config == null && !Files.exists(file)) {
      return Accounts.ofEnvironment(environment);
    }
    ProfileFile.read(file, environment);
    return Accounts.inFile(file, environment);
  }

  private static TransportOptions transport(ServeOptions options, Environment environment) {
    TransportOptions all =
        TransportOptions.defaults(Version.current())
            .withNetwork(
                options.caFile.orNull(), options.allowHttp.get(), ProxyVariables.in(environment));
    return UsageException.checked("", all::checked);
  }

  private static void requireClosed(
      ListenAddress address, boolean noAuth, boolean protectedByKeys) {
    if (address.loopback()) {
      return;
    } else if (noAuth) {
      throw new UsageException(
          "--no-auth would let everybody on the network change these accounts",
          "leave it out, or listen on 127.0.0.1");
    } else if (!protectedByKeys) {
      throw new UsageException(
          "without keys the service listens on this machine only",
          "make one first: sluice serve --new-key NAME --role operator");
    }
  }

  private static WorkerSettings worker(ServeOptions options) {
    String random = ApiKeys.random();
    String name =
        "sluice-" + ProcessHandle.current().pid() + "-" + random.substring(random.length() - 8);
    return new WorkerSettings(
        name,
        options.jobs.get(),
        POLLING,
        options.takeOver.get(),
        LAST_CALLS,
        Duration.ofDays(options.keepJobs.get()));
  }

  private static JobPolicy policy(
      ServeOptions options, @Nullable Path config, Environment environment) {
    Path file = config == null ? ProfileFile.defaultPath(environment) : config;
    ApprovalRule rule = options.requireApproval.orNull();
    return new JobPolicy(
        Duration.ofDays(options.keepAudit.get()),
        new ApprovalPolicy(
            rule == null ? ApprovalRule.NONE : rule,
            options.approvalExpires.get(),
            options.drift()),
        () -> Files.exists(file) ? NotifyTargets.in(file, environment) : List.of());
  }

  private static ServiceSettings settings(
      ServeOptions options, ListenAddress address, @Nullable String key) {
    return new ServiceSettings(
        address.host(),
        address.port(),
        options.allowHosts.get(),
        options.tlsCert.orNull(),
        options.tlsKey.orNull(),
        options.maxUpload.get(),
        options.noAuth.get(),
        key);
  }

  /** Says how to reach it. */
  public void announce(Console console) {
    if (console.json()) {
      ObjectNode ready = Json.MAPPER.createObjectNode();
      console.result(ready.put("url", http.url()).put("key", key));
      return;
    }
    console.say("Sluice is ready. Open " + http.url() + (key == null ? "" : "#key=" + key));
    if (key != null) {
      console.note("This key ends with the process; 'sluice serve --new-key NAME' makes others.");
    }
    console.note("Ctrl-C stops it.");
  }

  /** Ends once the service was asked to stop, and has. */
  public Mono<Void> untilStopped(StopSignal stop) {
    return stop.whenStopped().then(Blocking.run(this::close));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (socket != null) {
        socket.close();
      }
      http.close();
      jobs.close();
      metrics.close();
      database.close();
    }
  }
}
