package io.sluice.api;

import io.netty.handler.codec.http.HttpHeaders;
import io.sluice.flow.quota.QuotaReading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an answer says of the quota. Source: Cloudflare's "Rate limits" page and the IETF
 * draft "RateLimit header fields for HTTP", whose fields are lists of named policies. Items that
 * cannot be read are left out: a header never makes a call fail.
 */
final class RateHeaders {
  private RateHeaders() {}

  static List<QuotaReading> readings(HttpHeaders headers) {
    Map<String, Map<String, Long>> policies = items(headers.getAll("Ratelimit-Policy"));
    Map<String, Map<String, Long>> limits = items(headers.getAll("Ratelimit"));
    Set<String> names = new LinkedHashSet<>(policies.keySet());
    names.addAll(limits.keySet());
    List<QuotaReading> readings = new ArrayList<>();
    for (String name : names) {
      Map<String, Long> policy = policies.getOrDefault(name, Map.of());
      Map<String, Long> limit = limits.getOrDefault(name, Map.of());
      Long window = policy.get("w");
      Long reset = limit.get("t");
      readings.add(
          new QuotaReading(
              name,
              policy.get("q"),
              window == null ? null : Duration.ofSeconds(window),
              limit.get("r"),
              reset == null ? null : Duration.ofSeconds(reset)));
    }
    return readings;
  }

  /** How long {@code Retry-After} asks to wait: it may be seconds or a date; null if neither. */
  static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
    String value = headers.get("Retry-After");
    if (value == null) {
      return null;
    }
    Long seconds = number(value);
    if (seconds != null) {
      return Duration.ofSeconds(seconds);
    }
    try {
      Instant until =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  private static Map<String, Map<String, Long>> items(List<String> lines) {
    Map<String, Map<String, Long>> items = new LinkedHashMap<>();
    for (String line : lines) {
      for (String item : line.split(",", -1)) {
        String[] parts = item.split(";", -1);
        String name = parts[0].strip().replace("\"", "");
        Map<String, Long> parameters = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
          int equals = parts[i].indexOf('=');
          Long value = equals < 0 ? null : number(parts[i].substring(equals + 1));
          if (value != null) {
            parameters.put(parts[i].substring(0, equals).strip(), value);
          }
        }
        if (!name.isEmpty() && !parameters.isEmpty()) {
          items.put(name, parameters);
        }
      }
    }
    return items;
  }

  /** A whole number of at most nine digits, which no window of seconds exceeds. */
  private static @Nullable Long number(String text) {
    String digits = text.strip();
    boolean plain = !digits.isEmpty() && digits.length() <= 9;
    for (int i = 0; plain && i < digits.length(); i++) {
      plain = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return plain ? Long.valueOf(digits) : null;
  }
}
