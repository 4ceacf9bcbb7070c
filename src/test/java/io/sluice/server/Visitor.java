package io.sluice.server;

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
final class Visitor {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Visitor(int port) {
    this.port = port;
  }

  /** What came back. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return response.body();
    }

    JsonNode json() {
      return Json.tree(response.body());
    }

    String code() {
      return json().path("code").asString("");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** The same with one more header. */
  Visitor with(String name, String value) {
    Visitor other = new Visitor(port);
    other.headers.putAll(headers);
    other.headers.put(name, value);
    return other;
  }

  Reply get(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  Reply delete(String path) {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  Reply post(String path, String json) {
    return post(path, "application/json", json);
  }

  Reply post(String path, String type, String body) {
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

  private <T> HttpResponse<T> exchange(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> handler) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(LONGEST)
            .method(method, body);
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), handler);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
