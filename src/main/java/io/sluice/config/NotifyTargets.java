package io.sluice.config;

import io.sluice.catalog.NearestName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The section {@code notify} of a file of profiles: targets by their names. */
public final class NotifyTargets {
  /** The events that a target may want. */
  public static final List<String> EVENTS =
      List.of("failed", "finished", "awaiting_approval", "backup_overdue");

  private static final List<String> FORMATS = List.of("json", "slack", "teams");
  private static final List<String> KEYS =
      List.of("url", "format", "secret", "on", "detail", "backup-age");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
  private static final Pattern AGE = Pattern.compile("[0-9]{1,5}[hdm]");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1\\]|::1");

  private NotifyTargets() {}

  /**
   * The targets of a file of profiles, in their order; none if it names none.
   *
   * @throws UsageException if it cannot be read or understood
   */
  public static List<NotifyTarget> in(Path path, Environment environment) {
    return of(path, YamlFile.read(path).path("notify"), environment);
  }

  static List<NotifyTarget> of(Path path, JsonNode section, Environment environment) {
    if (!section.isMissingNode() && !section.isNull() && !section.isObject()) {
      throw new UsageException(path + ": notify: it names targets, each with its url", null);
    }
    List<NotifyTarget> targets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      try {
        targets.add(target(entry.getKey(), entry.getValue(), environment));
      } catch (IllegalArgumentException unusable) {
        throw new UsageException(
            path + ": notify: " + entry.getKey() + ": " + unusable.getMessage(), null);
      }
    }
    return List.copyOf(targets);
  }

  private static NotifyTarget target(String name, JsonNode node, Environment environment) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a name has up to 40 letters, digits or any of . _ -");
    } else if (!node.isObject()) {
      throw new IllegalArgumentException("it is not a mapping of keys such as 'url'");
    }
    for (String key : node.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "the key '" + key + "' is unknown; the nearest is '" + NearestName.of(key, KEYS) + "'");
      }
    }
    String url = text(node, "url");
    if (url == null) {
      throw new IllegalArgumentException("it needs 'url'");
    } else if (SecretSource.isLiteral(url)) {
      address(url);
    }
    String secret = text(node, "secret");
    if (secret != null && SecretSource.isLiteral(secret)) {
      throw new IllegalArgumentException("secret: write env:NAME or file:PATH, never the secret");
    }
    String format = text(node, "format");
    if (format != null && !FORMATS.contains(format)) {
      throw new IllegalArgumentException("format: it is json, slack or teams");
    }
    JsonNode detail = node.path("detail");
    if (!detail.isMissingNode() && !detail.isBoolean()) {
      throw new IllegalArgumentException("detail: it is true or false");
    }
    Set<String> on = events(node.path("on"));
    Duration age = age(text(node, "backup-age"));
    if ((age != null) != on.contains("backup_overdue")) {
      throw new IllegalArgumentException(
          "backup-age and the event backup_overdue go together: one says how old a backup may be,"
              + " such as 26h");
    }
    return new NotifyTarget(
        name,
        url,
        format == null ? "json" : format,
        secret,
        on,
        detail.asBoolean(false),
        age,
        environment);
  }

  private static @Nullable String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    } else if (!value.isString() || value.asString("").isBlank()) {
      throw new IllegalArgumentException(key + ": it is a text");
    }
    return value.asString("").strip();
  }

  private static Set<String> events(JsonNode node) {
    if (!node.isArray() || node.isEmpty()) {
      throw new IllegalArgumentException("on: it lists events, of " + String.join(", ", EVENTS));
    }
    Set<String> on = new LinkedHashSet<>();
    for (JsonNode event : node) {
      String name = event.asString("");
      if (!EVENTS.contains(name)) {
        throw new IllegalArgumentException(
            "on: there is no event '"
                + name
                + "'; the nearest is '"
                + NearestName.of(name, EVENTS)
                + "'");
      }
      on.add(name);
    }
    return on;
  }

  private static @Nullable Duration age(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      if (AGE.matcher(lower).matches()) {
        Duration age =
            Duration.parse(
                lower.endsWith("d") ? "P" + lower.toUpperCase(Locale.ROOT) : "PT" + lower);
        if (!age.isZero()) {
          return age;
        }
      }
    } catch (DateTimeParseException none) {
      // Said below.
    }
    throw new IllegalArgumentException("backup-age: it is a time such as 26h or 2d");
  }

  /** An address that notices may go to. What is wrong is said without repeating it. */
  static URI address(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException("url: it is not an address", none);
    }
    String host = url.getHost();
    boolean https = "https".equalsIgnoreCase(url.getScheme());
    boolean here = host != null && LOOPBACK.matcher(host).matches();
    if (host == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException("url: it names a host, and no user");
    } else if (!https && !("http".equalsIgnoreCase(url.getScheme()) && here)) {
      throw new IllegalArgumentException("url: it begins with https:, or is on this machine");
    }
    return url;
  }
}
