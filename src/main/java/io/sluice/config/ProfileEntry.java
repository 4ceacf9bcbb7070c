package io.sluice.config;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.NearestName;
import io.sluice.flow.quota.Quota;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One profile as its file writes it, understood to the last key. */
final class ProfileEntry {
  private static final List<String> KEYS =
      List.of(
          "account",
          "token",
          "email",
          "api-key",
          "base-url",
          "rate",
          "reserve",
          "concurrency",
          "lint");

  private final String name;
  private final JsonNode node;
  private final SecretSource secrets;

  ProfileEntry(String name, JsonNode node, SecretSource secrets) {
    this.name = name;
    this.node = node;
    this.secrets = secrets;
  }

  /**
   * The profile.
   *
   * @throws IllegalArgumentException saying which key is unknown, missing or of another type
   */
  Profile profile() {
    if (node.isNull() || (node.isObject() ? node.isEmpty() : node.asString("~").isBlank())) {
      throw new IllegalArgumentException("it holds nothing; it needs 'account' and 'token'");
    } else if (!node.isObject()) {
      throw new IllegalArgumentException("it is not a mapping of keys such as 'account'");
    }
    String account = text("account");
    if (account == null) {
      throw new IllegalArgumentException("it needs 'account'");
    }
    String baseUrl = text("base-url");
    URI url = baseUrl == null ? ApiAccount.CLOUDFLARE : URI.create(baseUrl);
    ApiAccount.check(url, account);
    List<Quota> rates = rates();
    @Nullable Double reserve = node.has("reserve") ? reserve(node.get("reserve")) : null;
    @Nullable Integer concurrency =
        node.has("concurrency") ? concurrency(node.get("concurrency")) : null;
    // Last, so that what else is wrong is reported before a secret is looked for.
    ApiAccount open = new ApiAccount(url, account, credential());
    return new Profile(name, open, rates, reserve, concurrency, knownDomains());
  }

  /**
   * Checks that nothing stands there that is not read.
   *
   * @throws IllegalArgumentException naming the first key that is unknown
   */
  void requireKnownKeys() {
    for (String key : node.isObject() ? node.propertyNames() : List.<String>of()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "the key '"
                + key
                + "' is unknown; the nearest is '"
                + NearestName.of(key, KEYS)
                + "', and known are "
                + String.join(", ", KEYS));
      }
    }
    knownDomains();
  }

  /**
   * The domains that it adds to the known ones.
   *
   * @throws IllegalArgumentException saying what of them cannot be understood
   */
  Map<KnownDomains, List<String>> knownDomains() {
    return KnownDomainEntries.in(node.path("lint"));
  }

  /** The public part of it. */
  ProfileOutline outline(@Nullable String problem) {
    String key = node.has("api-key") ? "api-key" : "token";
    String place = node.path(key).asString("");
    String shown =
        place.isBlank()
            ? "none"
            : SecretSource.isLiteral(place) ? "in the file of profiles" : place;
    return new ProfileOutline(
        name, node.path("account").asString(""), shownUrl(), key + " " + shown, problem);
  }

  /** Without a password that it may hold. */
  private String shownUrl() {
    String url = node.path("base-url").asString("");
    return url.isBlank() ? ApiAccount.CLOUDFLARE.toString() : url.replaceFirst("//[^/@]*@", "//");
  }

  private Credential credential() {
    String token = text("token");
    String email = text("email");
    String key = text("api-key");
    if (token != null && (email != null || key != null)) {
      throw new IllegalArgumentException(
          "it holds 'token' and '" + (email != null ? "email" : "api-key") + "'; take one out");
    } else if (token != null) {
      return Credential.token(secrets.resolve("the token of profile '" + name + "'", token));
    } else if (email != null && key != null) {
      return Credential.emailAndKey(
          SecretSource.email("the e-mail address of profile '" + name + "'", email),
          secrets.resolve("the API key of profile '" + name + "'", key));
    }
    throw new IllegalArgumentException("it needs 'token', or 'email' and 'api-key'");
  }

  private List<Quota> rates() {
    List<Quota> rates = new ArrayList<>();
    JsonNode rate = node.path("rate");
    if (rate.isArray()) {
      rate.forEach(one -> rates.add(Quota.parse(scalar(one))));
    } else if (!rate.isMissingNode()) {
      rates.add(Quota.parse(scalar(rate)));
    }
    if (rate.isArray() && rates.isEmpty()) {
      throw new IllegalArgumentException("'rate' names none; leave it out, or give one");
    }
    return rates;
  }

  private static double reserve(JsonNode node) {
    double share = share(scalar(node));
    if (share >= 1) {
      throw new IllegalArgumentException("reserve must leave something: give less than 100%");
    }
    return share;
  }

  private static double share(String text) {
    try {
      return Percentage.parse(text);
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException("reserve: " + unusable.getMessage(), unusable);
    }
  }

  /** The text of a scalar; of anything else, a text that is neither a rate nor a percentage. */
  private static String scalar(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asString() : node.toString();
  }

  private static int concurrency(JsonNode node) {
    if (node.isInt() && node.intValue() >= 1 && node.intValue() <= 1000) {
      return node.intValue();
    }
    throw new IllegalArgumentException("concurrency is a number from 1 to 1000");
  }

  private @Nullable String text(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return null;
    } else if (value.isFloatingPointNumber()) {
      // Hex digits such as 12e34 are a number in YAML, and its text another than was written.
      throw new IllegalArgumentException("'" + key + "' looks like a number: put it in quotes");
    } else if (!value.isValueNode()) {
      throw new IllegalArgumentException("'" + key + "' is not a text");
    } else if (value.isNull() || value.asString().isBlank()) {
      throw new IllegalArgumentException("'" + key + "' has no value");
    }
    return value.asString().strip();
  }
}
