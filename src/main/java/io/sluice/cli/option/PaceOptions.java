package io.sluice.cli.option;

import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.Version;
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

/** The options of every command that calls the API: how fast, and by which way. */
public class PaceOptions {
  @Option(names = "--concurrency", paramLabel = "N", description = "The most calls at once (16).")
  @Nullable Integer concurrency;

  @Option(
      names = "--rate",
      paramLabel = "Q/W",
      description =
          "Make at most Q calls in any window W, such as 1200/300s; repeatable. "
              + "Replaces the defaults 1200/300s and 200/1s.")
  List<String> rates = new ArrayList<>();

  @Option(
      names = "--reserve",
      paramLabel = "P%",
      description =
          "Leave this share of the API's quota to other programs (10%%). A rate given by --rate is "
              + "used in full.")
  @Nullable String reserve;

  @Option(
      names = "--max-outage",
      paramLabel = "D",
      description = "Give up when the API has been out for longer, such as 90s or 15m (15m).",
      converter = DurationConverter.class)
  public Duration maxOutage = Duration.ofMinutes(15);

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Also trust the certificate authorities in this PEM file.")
  @Nullable Path caFile;

  @Option(names = "--allow-http", description = "Allow unencrypted http: to other machines.")
  boolean allowHttp;

  /** True if plain http: may leave this machine. */
  public boolean allowHttp() {
    return allowHttp;
  }

  /** One of several accounts to work on, by its profile, and its pace. */
  public Connection connection(
      String named, @Nullable Path configFile, Environment environment, Consumer<String> warnings) {
    return Connection.resolve(flags(named, configFile, null, null, null), environment, warnings);
  }

  /** What was said about the account and its pace. */
  final Flags flags(
      @Nullable String profile,
      @Nullable Path configFile,
      @Nullable String account,
      @Nullable String baseUrl,
      @Nullable String tokenFile) {
    if (concurrency != null && (concurrency < 1 || concurrency > 1000)) {
      throw new UsageException("--concurrency is a number from 1 to 1000", null);
    }
    return new Flags(
        profile, configFile, account, baseUrl, tokenFile, rates, reserveShare(), concurrency);
  }

  /** How calls travel. */
  public TransportOptions transport(Environment environment) {
    return TransportOptions.defaults(Version.current())
        .withNetwork(caFile, allowHttp, ProxyVariables.in(environment));
  }

  private @Nullable Double reserveShare() {
    if (reserve == null) {
      return null;
    }
    String given = reserve;
    double share = UsageException.checked("--reserve: ", () -> Percentage.parse(given));
    if (share >= 1) {
      throw new UsageException("--reserve must leave something: give less than 100%", null);
    }
    return share;
  }
}
