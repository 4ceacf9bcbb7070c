package io.sluice.config;

import io.sluice.api.transport.FeedAddress;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.NearestName;
import io.sluice.catalog.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A feed that the configuration names:
 *
 * <pre>feeds: {urlhaus: {url: …, header: env:…, resource: block-senders, format: list}}</pre>
 *
 * @param name what it is called
 * @param address where it is
 * @param header a further header of the request, {@code Name: value}; null for none
 * @param resource what its rows are
 * @param format how they are written; null for what the address says
 */
public record FeedEntry(
    String name,
    FeedAddress address,
    @Nullable String header,
    Resource resource,
    @Nullable String format) {
  private static final List<String> KEYS = List.of("url", "header", "resource", "format");

  /**
   * What the section says of a feed.
   *
   * @param allowHttp whether plain {@code http:} may leave this machine
   * @throws IllegalArgumentException saying which key is unknown, missing or unusable
   */
  static FeedEntry of(String name, JsonNode node, SecretSource secrets, boolean allowHttp) {
    requireKnownKeys(node);
    String url = text(node, "url");
    String resource = text(node, "resource");
    if (url == null || resource == null) {
      throw new IllegalArgumentException("it needs '" + (url == null ? "url" : "resource") + "'");
    }
    String header = text(node, "header");
    return new FeedEntry(
        name,
        FeedAddress.of(url, allowHttp),
        header == null ? null : header(secrets.header("the header of feed '" + name + "'", header)),
        Catalog.get(resource),
        text(node, "format"));
  }

  /** Checks that nothing stands there that is not read, and that no secret does. */
  static void requireKnownKeys(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("it is not a mapping of keys such as 'url'");
    }
    for (String key : node.propertyNames()) {
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
    String header = text(node, "header");
    if (header != null && SecretSource.isLiteral(header)) {
      throw new IllegalArgumentException(
          "'header' stands there itself: write env:NAME or file:PATH, since it may be a secret");
    }
  }

  private static String header(String value) {
    if (!value.matches("[A-Za-z0-9-]{1,100}:\\s*\\S.*")) {
      throw new IllegalArgumentException("'header' is not of the form 'Name: value'");
    }
    return value;
  }

  private static @Nullable String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return null;
    } else if (!value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException("'" + key + "' is not a text");
    }
    return value.stringValue().strip();
  }

  /** Without the header. */
  @Override
  public String toString() {
    return name + " at " + address;
  }
}
