package io.sluice.config;

import io.sluice.api.ApiAccount;
import io.sluice.catalog.KnownDomains;
import io.sluice.flow.quota.Quota;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account with everything that opens it, and its pace, under one name.
 *
 * @param name what it is called; "default" if it comes from the environment
 * @param account the account, its base URL and its credential
 * @param rates explicit rates; none if the defaults hold
 * @param reserve the share of the quota that is left to others; null if not given
 * @param concurrency how many calls at once; null if not given
 * @param knownDomains the domains that it adds to the known ones, for lint
 */
public record Profile(
    String name,
    ApiAccount account,
    List<Quota> rates,
    @Nullable Double reserve,
    @Nullable Integer concurrency,
    Map<KnownDomains, List<String>> knownDomains) {

  /** A profile that adds no domains. */
  public Profile(
      String name,
      ApiAccount account,
      List<Quota> rates,
      @Nullable Double reserve,
      @Nullable Integer concurrency) {
    this(name, account, rates, reserve, concurrency, Map.of());
  }
}
