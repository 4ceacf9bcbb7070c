package io.sluice.pipeline.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server of feeds on loopback, with versions, redirects and faults. */
public final class FeedServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();

  /**
   * What a path is answered with.
   *
   * @param body its bytes, one a character
   */
  private record Answer(
      int status,
      String type,
      String body,
      @Nullable String etag,
      @Nullable String location,
      @Nullable String encoding) {
    static Answer of(
        int status, String type, String text, @Nullable String etag, @Nullable String location) {
      return new Answer(status, type, raw(text.getBytes(UTF_8)), etag, location, null);
    }

    static String raw(byte[] bytes) {
      return new String(bytes, ISO_8859_1);
    }
  }

  /** A server at any free port. */
  public FeedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            answer(exchange);
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    server.start();
  }

  /** The address of a path of it. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Answers with a list; the version is known by its text. */
  public FeedServer list(String path, String body) {
    return answers(path, Answer.of(200, "text/plain", body, "\"" + body.hashCode() + "\"", null));
  }

  /** Answers with that, without a version. */
  public FeedServer says(String path, int status, String type, String body) {
    return answers(path, Answer.of(status, type, body, null, null));
  }

  /** Answers with that body, which is said to be encoded like that. */
  public FeedServer encoded(String path, String encoding, byte[] body) {
    return answers(path, new Answer(200, "text/plain", Answer.raw(body), null, null, encoding));
  }

  public FeedServer redirects(String path, String location) {
    return answers(path, Answer.of(302, "text/plain", "", null, location));
  }

  private FeedServer answers(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** The paths that were asked for, in order. */
  public List<String> requests() {
    return requests;
  }

  /** The {@code Authorization} of each request, in order. */
  public List<String> headers() {
    return headers;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Answer answer = answers.getOrDefault(path, Answer.of(404, "text/plain", "no", null, null));
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (answer.etag() != null) {
      exchange.getResponseHeaders().set("ETag", answer.etag());
    }
    if (answer.location() != null) {
      exchange.getResponseHeaders().set("Location", answer.location());
    }
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    if (answer.encoding() != null) {
      exchange.getResponseHeaders().set("Content-Encoding", answer.encoding());
    }
    byte[] body = answer.body().getBytes(ISO_8859_1);
    boolean same = answer.etag() != null && answer.etag().equals(known);
    exchange.sendResponseHeaders(
        same ? 304 : answer.status(), same || body.length == 0 ? -1 : body.length);
    if (!same && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
