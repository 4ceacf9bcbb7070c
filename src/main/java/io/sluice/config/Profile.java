package io.sluice.config;

import io.sluice.api.ApiAccount;
import io.sluice.flow.quota.Quota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account with everything that opens it, and its pace, under one name.
 *
 * @param name what it is called; "default" if it comes from the environment
 * @param account the account, its base URL and its credential
 * @param rates explicit rates; none if the defaults hold
 * @param reserve the share of the quota that is left to others; null if not given
 * @param concurrency how many calls at once; null if not given
 */
public record Profile(
    String name,
    ApiAccount account,
    List<Quota> rates,
    @Nullable Double reserve,
    @Nullable Integer concurrency) {}
