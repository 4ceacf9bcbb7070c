package io.sluice.sandbox;

import io.sluice.sandbox.data.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Calls a sandbox over a real socket, as a client would. */
public final class Caller {
  /** An answer: its status, its headers, its body. */
  public record Heard(int status, Map<String, String> headers, String body) {
    public JsonNode json() {
      return Json.MAPPER.readTree(body);
    }

    public JsonNode result() {
      return json().path("result");
    }

    public JsonNode error() {
      return json().path("errors").path(0);
    }

    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Sandbox sandbox;
  private final Map<String, String> headers;
  private final Duration timeout;

  private Caller(Sandbox sandbox, Map<String, String> headers, Duration timeout) {
    this.sandbox = sandbox;
    this.headers = headers;
    this.timeout = timeout;
  }

  public static Caller of(Sandbox sandbox) {
    return with(sandbox, Map.of("Authorization", "Bearer " + sandbox.token()));
  }

  public static Caller with(Sandbox sandbox, Map<String, String> headers) {
    return new Caller(sandbox, headers, Duration.ofSeconds(10));
  }

  public Caller within(Duration time) {
    return new Caller(sandbox, headers, time);
  }

  public Heard get(String path) {
    return call("GET", path, "");
  }

  public Heard post(String path, String body) {
    return call("POST", path, body);
  }

  public Heard patch(String path, String body) {
    return call("PATCH", path, body);
  }

  public Heard delete(String path) {
    return call("DELETE", path, "");
  }

  /** Calls a path below the first account's settings, or a whole path that begins with a slash. */
  public Heard call(String method, String path, String body) {
    try {
      return send(method, path, body);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** As {@link #call}, for calls that are expected to break. */
  public Heard send(String method, String path, String body) throws IOException {
    String base = sandbox.baseUrl();
    String url =
        path.startsWith("/")
            ? base + path
            : base + "/accounts/" + sandbox.account().id() + "/email-security/settings/" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(timeout)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return send(request.build());
  }

  private static Heard send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new Heard(response.statusCode(), headers, response.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
