package io.sluice.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.pipeline.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the calls to accounts: requests by their path with names in place of ids, and
 * quotas by profile. Thread-safe.
 */
final class CallMetrics implements Function<String, SessionObserver> {
  /** Stands for what nobody could foresee, so that there are not more and more labels. */
  private static final String OTHER = "other";

  private static final int MOST_PROFILES = 200;
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final MeterRegistry registry;
  private final Map<Kind, Timer> calls = new ConcurrentHashMap<>();
  private final Map<String, Timer> waits = new ConcurrentHashMap<>();
  private final Map<String, Supplier<QuotaStatus>> quotas = new ConcurrentHashMap<>();
  private final MultiGauge remaining;
  private final MultiGauge limit;
  private final MultiGauge waiting;

  private record Kind(String method, String path, int status) {}

  CallMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.remaining =
        gauge(registry, "remaining", "Calls left in the tightest window of a profile's quota.");
    this.limit = gauge(registry, "limit", "Calls that this window allows in all.");
    this.waiting = gauge(registry, "waiting", "Calls that wait for a profile's quota just now.");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("sluice.quota." + name).description(description).register(registry);
  }

  @Override
  public SessionObserver apply(String profile) {
    boolean known = waits.containsKey(profile) || waits.size() < MOST_PROFILES;
    String label = known ? profile : OTHER;
    Timer wait = waits.computeIfAbsent(label, this::waits);
    return new SessionObserver() {
      @Override
      public void paced(Supplier<QuotaStatus> quota) {
        quotas.put(label, quota);
      }

      @Override
      public void waited(Duration time) {
        wait.record(time);
      }

      @Override
      public void ended(String method, String path, int status, Duration lasted) {
        int plain = status == 0 || (status >= 200 && status <= 599) ? status : -1;
        calls
            .computeIfAbsent(new Kind(method, path, plain), CallMetrics.this::calls)
            .record(lasted);
      }
    };
  }

  private Timer waits(String profile) {
    return Timer.builder("sluice.quota.wait")
        .description("How long calls waited for a profile's quota before they were sent.")
        .tag("profile", profile)
        .register(registry);
  }

  private Timer calls(Kind kind) {
    String status =
        switch (kind.status()) {
          case 0 -> "none";
          case -1 -> OTHER;
          default -> Integer.toString(kind.status());
        };
    return Timer.builder("sluice.api.requests")
        .description("Requests to the API; status none if no whole answer came.")
        .tag("method", kind.method())
        .tag("path", kind.path())
        .tag("status", status)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  /** Looks how the quotas stand now. */
  void refresh() {
    List<MultiGauge.Row<?>> left = new ArrayList<>();
    List<MultiGauge.Row<?>> all = new ArrayList<>();
    List<MultiGauge.Row<?>> queues = new ArrayList<>();
    quotas.forEach(
        (profile, quota) -> {
          QuotaStatus now = quota.get();
          Tags tags = Tags.of("profile", profile);
          add(left, tags, now.remaining());
          add(all, tags, now.quota());
          add(queues, tags, (long) now.waiting());
        });
    remaining.register(left, true);
    limit.register(all, true);
    waiting.register(queues, true);
  }

  private static void add(List<MultiGauge.Row<?>> rows, Tags tags, @Nullable Long value) {
    if (value != null) {
      rows.add(MultiGauge.Row.of(tags, value));
    }
  }
}
