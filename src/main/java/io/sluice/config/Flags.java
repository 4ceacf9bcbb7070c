package io.sluice.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a command or another start of a run about the account and how to call it. Null and
 * empty mean "not said".
 *
 * @param profile the profile to take account, credential and base URL from
 * @param configFile the file of profiles
 * @param account the account id
 * @param baseUrl where the API is
 * @param tokenFile a file that holds the token
 * @param rates explicit rates
 * @param reserve the share of the quota that is left to others, 0 to 1
 * @param concurrency how many calls at once
 */
public record Flags(
    @Nullable String profile,
    @Nullable Path configFile,
    @Nullable String account,
    @Nullable String baseUrl,
    @Nullable String tokenFile,
    List<String> rates,
    @Nullable Double reserve,
    @Nullable Integer concurrency) {}
