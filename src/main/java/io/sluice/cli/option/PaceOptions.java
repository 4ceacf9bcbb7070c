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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options of every command that calls the API: how fast, and by which way. */
public class PaceOptions extends OptionGroup {
  final Value<Integer> concurrency =
      value("--concurrency", "N", Integer.class, "The most calls at once (16).");

  final Value<List<String>> rates =
      list(
              "--rate",
              "Q/W",
              String.class,
              "Make at most Q calls in any window W, such as 1200/300s; repeatable. "
                  + "Replaces the defaults 1200/300s and 200/1s.")
          .or(List.of());

  final Value<String> reserve =
      text(
          "--reserve",
          "P%",
          "Leave this share of the API's quota to other programs (10%%). A rate given by --rate is "
              + "used in full.");

  public final Value<Duration> maxOutage =
      value(
              "--max-outage",
              "D",
              new DurationConverter(),
              "Give up when the API has been out for longer, such as 90s or 15m (15m).")
          .or(Duration.ofMinutes(15));

  final Value<Path> caFile =
      path("--ca-file", "FILE", "Also trust the certificate authorities in this PEM file.");

  final Value<Boolean> allowHttp =
      flag("--allow-http", "Allow unencrypted http: to other machines.");

  /** True if plain http: may leave this machine. */
  public boolean allowHttp() {
    return allowHttp.get();
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
    if (concurrency.isGiven() && (concurrency.get() < 1 || concurrency.get() > 1000)) {
      throw new UsageException("--concurrency is a number from 1 to 1000", null);
    }
    return new Flags(
        profile,
        configFile,
        account,
        baseUrl,
        tokenFile,
        rates.get(),
        reserveShare(),
        concurrency.orNull());
  }

  /** How calls travel. */
  public TransportOptions transport(Environment environment) {
    return TransportOptions.defaults(Version.current())
        .withNetwork(caFile.orNull(), allowHttp.get(), ProxyVariables.in(environment));
  }

  private @Nullable Double reserveShare() {
    if (!reserve.isGiven()) {
      return null;
    }
    String given = reserve.get();
    double share = UsageException.checked("--reserve: ", () -> Percentage.parse(given));
    if (share >= 1) {
      throw new UsageException("--reserve must leave something: give less than 100%", null);
    }
    return share;
  }
}
