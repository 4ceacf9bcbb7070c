package io.sluice.cli.option;

import io.sluice.api.transport.FeedAddress;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.Version;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.Flags;
import io.sluice.config.UsageException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The options of every command that calls the API for one account. */
public final class ConnectionOptions extends PaceOptions {
  final Value<String> profile =
      text("--profile", "NAME", "Use the account, credential and base URL of this profile.");

  final Value<String> account =
      text("--account", "ID", "The account id; default: $$CLOUDFLARE_ACCOUNT_ID.");

  final Value<String> baseUrl =
      text(
          "--base-url",
          "URL",
          "The base URL of the API; default: $$CLOUDFLARE_BASE_URL, else Cloudflare's.");

  final Value<String> tokenFile =
      text(
          "--token-file",
          "FILE",
          "A file that holds the API token; default: the token in $$CLOUDFLARE_API_TOKEN.");

  /**
   * The account to work on and its pace. Without a profile, the configuration file may still be
   * there for the target of a notice.
   */
  public Connection connection(
      OutputOptions output, Environment environment, Consumer<String> warnings) {
    return connection("", output, environment, warnings);
  }

  /** The same for a command with an input: a feed at an https: address has a certificate too. */
  public Connection connection(
      String input, OutputOptions output, Environment environment, Consumer<String> warnings) {
    Path configFile = !profile.isGiven() && output.notify.isGiven() ? null : output.config.orNull();
    Flags flags =
        flags(profile.orNull(), configFile, account.orNull(), baseUrl.orNull(), tokenFile.orNull());
    Connection found = Connection.resolve(flags, environment, warnings);
    boolean plain = "http".equals(found.account().baseUrl().getScheme());
    boolean further = output.notify.isGiven() || FeedAddress.is(input);
    if (plain && further) {
      UsageException.checked(
          "",
          TransportOptions.defaults(Version.current())
                  .withNetwork(caFile.orNull(), false, ProxySettings.NONE)
              ::checked);
    } else if (plain && caFile.isGiven()) {
      throw new UsageException(
          "--ca-file has no effect with the base URL " + found.account().baseUrl(),
          "plain http: knows no certificates: leave --ca-file out, or was https: meant?");
    }
    return found;
  }
}
