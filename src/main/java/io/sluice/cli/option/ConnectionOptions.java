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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that calls the API for one account. */
public final class ConnectionOptions extends PaceOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Use the account, credential and base URL of this profile.")
  @Nullable String profile;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account id; default: $$CLOUDFLARE_ACCOUNT_ID.")
  @Nullable String account;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The base URL of the API; default: $$CLOUDFLARE_BASE_URL, else Cloudflare's.")
  @Nullable String baseUrl;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file that holds the API token; default: the token in " + "$$CLOUDFLARE_API_TOKEN.")
  @Nullable String tokenFile;

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
    Path configFile = profile == null && output.notify != null ? null : output.config;
    Flags flags = flags(profile, configFile, account, baseUrl, tokenFile);
    Connection found = Connection.resolve(flags, environment, warnings);
    boolean plain = "http".equals(found.account().baseUrl().getScheme());
    boolean further = output.notify != null || FeedAddress.is(input);
    if (plain && further) {
      UsageException.checked(
          "",
          TransportOptions.defaults(Version.current())
                  .withNetwork(caFile, false, ProxySettings.NONE)
              ::checked);
    } else if (plain && caFile != null) {
      throw new UsageException(
          "--ca-file has no effect with the base URL " + found.account().baseUrl(),
          "plain http: knows no certificates: leave --ca-file out, or was https: meant?");
    }
    return found;
  }
}
