package io.sluice.server;

import io.sluice.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Somebody who calls the service by HTTP, with some headers each time. */
public final class Visitor {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String address;
  private final HttpClient client;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Visitor(int port) {
    this("http://127.0.0.1:" + port, CLIENT);
  }

  /** Somebody who calls a service at that address, which does not end with a slash. */
  public Visitor(String address) {
    this(address, CLIENT);
  }

  /** Somebody who calls in a way of their own. */
  public Visitor(String address, HttpClient client) {
    this.address = address;
    this.client = client;
  }

  /** What came back. */
  public record Reply(HttpResponse<String> response) {
    /** The number that says how it went. */
    public int status() {
      return response.statusCode();
    }

    /** The body. */
    public String text() {
      return response.body();
    }

    /** The body, which is JSON. */
    public JsonNode json() {
      return Json.tree(response.body());
    }

    /** What a problem is called; empty if it is none. */
    public String code() {
      return json().path("code").asString("");
    }

    /** A header; empty if it is not there. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** The same, who calls a service on another port of this machine. */
  Visitor at(int port) {
    Visitor other = new Visitor("http://127.0.0.1:" + port, client);
    other.headers.putAll(headers);
    return other;
  }

  /** The same with one more header. */
  public Visitor with(String name, String value) {
    Visitor other = new Visitor(address, client);
    other.headers.putAll(headers);
    other.headers.put(name, value);
    return other;
  }

  /** Asks for something. */
  public Reply get(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  /** Asks for something to go. */
  public Reply delete(String path) {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  /** Sends JSON that takes the place of what is there. */
  public Reply put(String path, String json) {
    return with("Content-Type", "application/json")
        .send("PUT", path, HttpRequest.BodyPublishers.ofString(json));
  }

  /** Sends JSON. */
  public Reply post(String path, String json) {
    return post(path, "application/json", json);
  }

  /** Sends something of that type. */
  public Reply post(String path, String type, String body) {
    return with("Content-Type", type).send("POST", path, HttpRequest.BodyPublishers.ofString(body));
  }

  /** Sends a body whose length is not told. */
  Reply stream(String path, String type, Supplier<InputStream> body) {
    return with("Content-Type", type)
        .send("POST", path, HttpRequest.BodyPublishers.ofInputStream(body));
  }

  Reply send(String method, String path, HttpRequest.BodyPublisher body) {
    return new Reply(exchange(method, path, body, HttpResponse.BodyHandlers.ofString()));
  }

  /** The body as it comes. */
  HttpResponse<InputStream> open(String path) {
    return exchange(
        "GET",
        path,
        HttpRequest.BodyPublishers.noBody(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  /** A request for that path, as this visitor makes it. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    headers.forEach(request::header);
    return request;
  }

  private <T> HttpResponse<T> exchange(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> handler) {
    HttpRequest.Builder request = request(path).timeout(LONGEST).method(method, body);
    try {
      return client.send(request.build(), handler);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
