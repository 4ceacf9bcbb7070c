package io.sluice.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call as the stand-in received it: what faults choose by. */
public final class Request {
  private static final String BASE = "/client/v4";
  private static final String SETTINGS = "email-security";

  private final String method;
  private final String uri;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Map<String, List<String>> query;
  private String account = "";
  private String resource = "";
  private String id = "";
  private String path;

  private Request(String method, String uri, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    int mark = uri.indexOf('?');
    query = mark < 0 ? Map.of() : parameters(uri.substring(mark + 1));
    path = mark < 0 ? uri : uri.substring(0, mark);
    if (path.startsWith(BASE)) {
      route(path.substring(BASE.length()));
    }
  }

  /** Takes a call apart; header names in lower case. */
  public static Request of(String method, String uri, Map<String, String> headers, byte[] body) {
    return new Request(method, uri, headers, body);
  }

  /** The method in capitals, such as {@code PATCH}. */
  public String method() {
    return method;
  }

  /** The request target as it arrived, query included. */
  public String uri() {
    return uri;
  }

  /**
   * The path below the account's settings with the id left out: {@code /block_senders}, {@code
   * /block_senders/{id}} or {@code /block_senders/batch}; the path as it arrived for other routes.
   */
  public String path() {
    return path;
  }

  /** The account's id, or empty on a route that has none. */
  public String account() {
    return account;
  }

  /** The resource's name with underscores, or empty on a route that has none. */
  public String resource() {
    return resource;
  }

  /** The record's id, or empty on a route that has none. */
  public String id() {
    return id;
  }

  /** The query's parameters, decoded, each with all its values. */
  public Map<String, List<String>> query() {
    return query;
  }

  /** The first value of a query parameter, or empty. */
  public String query(String name) {
    return query.getOrDefault(name, List.of("")).get(0);
  }

  /** The page asked for; 1 if none or none that is a number. */
  public int page() {
    try {
      return Integer.parseInt(query("page"));
    } catch (NumberFormatException none) {
      return 1;
    }
  }

  /** A header's value by its name in lower case, or empty. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The body as text. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** True for the listing of a resource. */
  public boolean isList() {
    return method.equals("GET") && onCollection();
  }

  /** True for the creation of one record. */
  public boolean isCreate() {
    return method.equals("POST") && onCollection();
  }

  /** True for a batch. */
  public boolean isBatch() {
    return path.endsWith("/batch");
  }

  /** True for everything that may change the account. */
  public boolean isWrite() {
    return !method.equals("GET");
  }

  /** The method and path, such as {@code PATCH /block_senders/{id}}. */
  @Override
  public String toString() {
    return method + " " + path;
  }

  public byte[] body() {
    return body;
  }

  public boolean isRouted() {
    return !resource.isEmpty();
  }

  public boolean onCollection() {
    return isRouted() && id.isEmpty() && !isBatch();
  }

  private void route(String below) {
    String[] parts = below.split("/", -1);
    if (parts.length < 3 || !parts[1].equals("accounts")) {
      return;
    }
    account = decode(parts[2]);
    boolean settings =
        parts.length >= 6
            && parts.length <= 7
            && parts[3].equals(SETTINGS)
            && parts[4].equals("settings");
    if (!settings || parts[5].isEmpty()) {
      return;
    }
    resource = parts[5];
    path = "/" + resource;
    if (parts.length == 7 && parts[6].equals("batch")) {
      path += "/batch";
    } else if (parts.length == 7) {
      id = decode(parts[6]);
      path += "/{id}";
    }
  }

  private static Map<String, List<String>> parameters(String text) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
