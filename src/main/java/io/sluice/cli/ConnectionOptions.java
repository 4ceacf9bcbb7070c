package io.sluice.cli;

import io.sluice.api.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.Flags;
import io.sluice.config.Percentage;
import io.sluice.config.ProxyVariables;
import io.sluice.config.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that calls the API. */
final class ConnectionOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Take account, credential and base URL from this profile.")
  @Nullable String profile;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account id; default $$CLOUDFLARE_ACCOUNT_ID.")
  @Nullable String account;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the API is; default $$CLOUDFLARE_BASE_URL, else Cloudflare's.")
  @Nullable String baseUrl;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the API token; default $$CLOUDFLARE_API_TOKEN itself.")
  @Nullable String tokenFile;

  @Option(names = "--concurrency", paramLabel = "N", description = "How many calls at once (16).")
  @Nullable Integer concurrency;

  @Option(
      names = "--rate",
      paramLabel = "Q/W",
      description =
          "At most Q calls in any window W, such as 1200/300s; repeatable. Replaces the defaults"
              + " 1200/300s and 200/1s.")
  List<String> rates = new ArrayList<>();

  @Option(
      names = "--reserve",
      paramLabel = "P%",
      description = "The share of the quota that is left to others (10%%).")
  @Nullable String reserve;

  @Option(
      names = "--max-outage",
      paramLabel = "D",
      description = "How long to wait while the API is out, such as 90s or 15m (15m).",
      converter = DurationConverter.class)
  Duration maxOutage = Duration.ofMinutes(15);

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM certificates of further authorities to trust.")
  @Nullable Path caFile;

  @Option(
      names = "--allow-http",
      description = "Allow plain http: to other machines than this one.")
  boolean allowHttp;

  /** The account to work on and its pace. */
  Connection connection(
      @Nullable Path configFile, Environment environment, Consumer<String> warnings) {
    Connection found = Connection.resolve(flags(profile, configFile), environment, warnings);
    if (caFile != null && "http".equals(found.account().baseUrl().getScheme())) {
      throw new UsageException(
          "--ca-file has no effect with the base URL " + found.account().baseUrl(),
          "plain http: knows no certificates: leave --ca-file out, or was https: meant?");
    }
    return found;
  }

  /**
   * One of several accounts to work on, and its pace.
   *
   * @throws UsageException also if the options name an account of their own
   */
  Connection connection(
      String named, @Nullable Path configFile, Environment environment, Consumer<String> warnings) {
    refuseAccount();
    return Connection.resolve(flags(named, configFile), environment, warnings);
  }

  /** For a command that is told its accounts in another way. */
  void refuseAccount() {
    if (profile != null || account != null || baseUrl != null || tokenFile != null) {
      throw new UsageException(
          "--profile, --account, --base-url and --token-file do not go with two sides",
          "write a live account as profile:NAME");
    }
  }

  private Flags flags(@Nullable String named, @Nullable Path configFile) {
    if (concurrency != null && (concurrency < 1 || concurrency > 1000)) {
      throw new UsageException("--concurrency is a number from 1 to 1000", null);
    }
    return new Flags(
        named, configFile, account, baseUrl, tokenFile, rates, reserveShare(), concurrency);
  }

  /** The account of a profile, for a command that works on two. */
  Connection named(String option, String name, @Nullable Path configFile, Environment environment) {
    if (profile != null || account != null || baseUrl != null || tokenFile != null) {
      throw new UsageException(
          "--profile, --account, --base-url and --token-file do not go with " + option,
          "each of the two accounts is named by a profile");
    }
    Flags flags = new Flags(name, configFile, null, null, null, rates, reserveShare(), concurrency);
    return Connection.resolve(flags, environment, warning -> {});
  }

  /** How calls travel. */
  TransportOptions transport(Environment environment) {
    return TransportOptions.defaults(Version.current())
        .withNetwork(caFile, allowHttp, ProxyVariables.in(environment));
  }

  private @Nullable Double reserveShare() {
    if (reserve == null) {
      return null;
    }
    double share;
    try {
      share = Percentage.parse(reserve);
    } catch (IllegalArgumentException unusable) {
      throw new UsageException("--reserve: " + unusable.getMessage(), null);
    }
    if (share >= 1) {
      throw new UsageException("--reserve must leave something: give less than 100%", null);
    }
    return share;
  }
}
