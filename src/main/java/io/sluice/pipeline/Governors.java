package io.sluice.pipeline;

import io.sluice.config.Connection;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.quota.SharedQuota;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The quota governors of a process: one for each credential, shared by everything that calls with
 * it, and one for each host around them. The first connection of a credential decides its limits.
 */
public final class Governors {
  private final Scheduler scheduler;
  private final @Nullable Function<String, SharedQuota> others;
  private final Map<String, QuotaGovernor> hosts = new ConcurrentHashMap<>();
  private final Map<String, QuotaGovernor> credentials = new ConcurrentHashMap<>();

  /** Governors that take the time from {@code scheduler}. */
  public Governors(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.others = null;
  }

  /**
   * Governors that count calls together with those of other processes.
   *
   * @param others where the calls of a credential are counted, by a name that tells nothing of it
   */
  public Governors(Scheduler scheduler, Function<String, SharedQuota> others) {
    this.scheduler = scheduler;
    this.others = others;
  }

  QuotaGovernor of(Connection connection) {
    String authority = connection.account().baseUrl().getAuthority();
    QuotaGovernor host =
        hosts.computeIfAbsent(
            authority, key -> QuotaGovernor.create(connection.hostLimits(), scheduler));
    String credential = connection.account().credential().fingerprint();
    return credentials.computeIfAbsent(
        authority + " " + credential,
        key ->
            others == null
                ? QuotaGovernor.create(connection.limits(), scheduler, host)
                : QuotaGovernor.create(connection.limits(), scheduler, host, others.apply(key)));
  }
}
