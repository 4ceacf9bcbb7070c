package io.sluice.config;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.catalog.KnownDomains;
import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.QuotaLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which account a run works on, and how fast.
 *
 * @param account the account and what opens it
 * @param limits what the calls of its credential are paced by
 * @param hostLimits what all calls to its host are paced by, whatever the credential
 * @param concurrency how many calls at once
 * @param knownDomains the domains that its profile adds to the known ones, for lint
 */
public record Connection(
    ApiAccount account,
    QuotaLimits limits,
    QuotaLimits hostLimits,
    int concurrency,
    Map<KnownDomains, List<String>> knownDomains) {
  /** Source: Cloudflare's "Rate limits" page: per user or account token. */
  public static final Quota CREDENTIAL_DEFAULT = new Quota(1200, Duration.ofMinutes(5));

  /** Source: Cloudflare's "Rate limits" page: per IP address. */
  public static final Quota HOST_DEFAULT = new Quota(200, Duration.ofSeconds(1));

  private static final double RESERVE = 0.10;
  private static final int CONCURRENCY = 16;

  /** A connection without a profile's domains. */
  public Connection(
      ApiAccount account, QuotaLimits limits, QuotaLimits hostLimits, int concurrency) {
    this(account, limits, hostLimits, concurrency, Map.of());
  }

  /**
   * Finds account, credential and pace. A profile named by a flag is a unit: the environment is not
   * looked at, and flags that would mix with it are refused.
   *
   * @param warnings told what is odd but not wrong
   * @throws UsageException naming what is missing or contradicts
   */
  public static Connection resolve(
      Flags flags, Environment environment, Consumer<String> warnings) {
    Profile profile =
        flags.profile() == null
            ? fromEnvironment(flags, environment, warnings)
            : fromFile(flags, flags.profile(), environment);
    List<Quota> rates =
        flags.rates().isEmpty()
            ? profile.rates()
            : flags.rates().stream().map(Connection::rate).toList();
    Double reserve = flags.reserve() != null ? flags.reserve() : profile.reserve();
    Integer concurrency = flags.concurrency() != null ? flags.concurrency() : profile.concurrency();
    double share = reserve == null ? RESERVE : reserve;
    if (!(share >= 0 && share < 1)) {
      throw new UsageException("the reserve is a share from 0% to below 100%", null);
    }
    boolean explicit = !rates.isEmpty();
    return new Connection(
        profile.account(),
        new QuotaLimits(rates, explicit ? List.of() : List.of(CREDENTIAL_DEFAULT), share),
        new QuotaLimits(List.of(), explicit ? List.of() : List.of(HOST_DEFAULT), share),
        concurrency == null ? CONCURRENCY : concurrency,
        profile.knownDomains());
  }

  private static Quota rate(String text) {
    return UsageException.checked("--rate: ", () -> Quota.parse(text));
  }

  private static Profile fromFile(Flags flags, String name, Environment environment) {
    if (flags.account() != null || flags.baseUrl() != null || flags.tokenFile() != null) {
      throw new UsageException(
          "a profile includes account, base URL and credential: --account, --base-url and --token-file cannot go with --profile",
          "write them into the profile, or leave --profile out");
    }
    Path path =
        flags.configFile() != null ? flags.configFile() : ProfileFile.defaultPath(environment);
    return ProfileFile.read(path, environment).profile(name);
  }

  private static Profile fromEnvironment(
      Flags flags, Environment environment, Consumer<String> warnings) {
    if (flags.configFile() != null) {
      throw new UsageException(
          "--config has no effect without --profile: nothing of it would be read",
          "name one of its profiles with --profile, or leave --config out");
    }
    String account = firstOf(flags.account(), environment.get("CLOUDFLARE_ACCOUNT_ID"));
    if (account == null) {
      throw new UsageException(
          "which account? no account id was given",
          "set CLOUDFLARE_ACCOUNT_ID, or give --account ID or --profile NAME");
    }
    if (!ApiAccount.isId(account)) {
      boolean given = flags.account() != null && !flags.account().isBlank();
      throw new UsageException(
          (given ? "--account" : "CLOUDFLARE_ACCOUNT_ID") + ": " + ApiAccount.IDS, null);
    }
    Credential credential = credential(flags, environment, warnings);
    String baseUrl = firstOf(flags.baseUrl(), baseUrl(environment));
    try {
      URI url = baseUrl == null ? ApiAccount.CLOUDFLARE : URI.create(baseUrl);
      return new Profile(
          "default", new ApiAccount(url, account, credential), List.of(), null, null);
    } catch (IllegalArgumentException unusable) {
      // What java.net.URI says repeats the text, which may hold a password.
      boolean malformed = unusable.getCause() instanceof URISyntaxException;
      String why = malformed ? "the base URL is not a URL" : String.valueOf(unusable.getMessage());
      throw new UsageException(
          why, malformed ? "it is like " + ApiAccount.CLOUDFLARE + ", with the scheme" : null);
    }
  }

  private static Credential credential(
      Flags flags, Environment environment, Consumer<String> warnings) {
    if (flags.tokenFile() != null) {
      return Credential.token(SecretSource.readToken("the token", flags.tokenFile()));
    }
    String token = environment.get("CLOUDFLARE_API_TOKEN");
    String email = environment.get("CLOUDFLARE_EMAIL");
    String key = environment.get("CLOUDFLARE_API_KEY");
    if (token != null) {
      Stream.of("CLOUDFLARE_EMAIL", "CLOUDFLARE_API_KEY")
          .filter(other -> environment.get(other) != null)
          .reduce((one, other) -> one + " and " + other)
          .ifPresent(others -> warnings.accept("CLOUDFLARE_API_TOKEN is used, and not " + others));
      return Credential.token(SecretSource.token("CLOUDFLARE_API_TOKEN", token));
    }
    if (email != null && key != null) {
      return Credential.emailAndKey(
          SecretSource.email("CLOUDFLARE_EMAIL", email),
          SecretSource.token("CLOUDFLARE_API_KEY", key));
    }
    if (email != null || key != null) {
      String half = email != null ? "CLOUDFLARE_EMAIL" : "CLOUDFLARE_API_KEY";
      String other = email != null ? "CLOUDFLARE_API_KEY" : "CLOUDFLARE_EMAIL";
      throw new UsageException(
          "no credential was given: " + half + " is set, but " + other + " is not",
          "set " + other + " too, or set CLOUDFLARE_API_TOKEN, which goes without both");
    }
    throw new UsageException(
        "no credential was given",
        "set CLOUDFLARE_API_TOKEN, or give --token-file FILE or --profile NAME; there is no flag"
            + " for the token itself, since process lists show flags");
  }

  private static @Nullable String baseUrl(Environment environment) {
    String url = environment.get("CLOUDFLARE_BASE_URL");
    String other = environment.get("CLOUDFLARE_API_BASE_URL");
    if (url != null && other != null && !url.equals(other)) {
      throw new UsageException(
          "CLOUDFLARE_BASE_URL and CLOUDFLARE_API_BASE_URL are both set, and differ",
          "unset one of them");
    }
    return firstOf(url, other);
  }

  private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
    return first != null && !first.isBlank() ? first : second;
  }
}
