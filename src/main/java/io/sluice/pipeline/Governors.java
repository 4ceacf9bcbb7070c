package io.sluice.pipeline;

import io.sluice.config.Connection;
import io.sluice.flow.QuotaGovernor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.scheduler.Scheduler;

/**
 * The quota governors of a process: one for each credential, shared by everything that calls with
 * it, and one for each host around them. The first connection of a credential decides its limits.
 */
public final class Governors {
  private final Scheduler scheduler;
  private final Map<String, QuotaGovernor> hosts = new ConcurrentHashMap<>();
  private final Map<String, QuotaGovernor> credentials = new ConcurrentHashMap<>();

  /** Governors that take the time from {@code scheduler}. */
  public Governors(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  QuotaGovernor of(Connection connection) {
    String authority = connection.account().baseUrl().getAuthority();
    QuotaGovernor host =
        hosts.computeIfAbsent(
            authority, key -> QuotaGovernor.create(connection.hostLimits(), scheduler));
    String credential = connection.account().credential().fingerprint();
    return credentials.computeIfAbsent(
        authority + " " + credential,
        key -> QuotaGovernor.create(connection.limits(), scheduler, host));
  }
}
