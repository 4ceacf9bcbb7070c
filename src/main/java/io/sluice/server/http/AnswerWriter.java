package io.sluice.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sends answers, each with what keeps a browser from being misled by it. */
public final class AnswerWriter {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Content-Security-Policy",
              "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri"
                  + " 'none'; form-action 'self'");

  /** As RFC 9110 writes it, section 5.6.7: the day in two digits. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final boolean tls;

  public AnswerWriter(boolean tls) {
    this.tls = tls;
  }

  /** Sends an answer to its end. */
  public Mono<Void> send(
      Answer answer, String id, HttpServerRequest request, HttpServerResponse response) {
    if (answer instanceof Answer.Noted noted) {
      return send(noted.answer(), id, request, response);
    }
    head(response.status(answer.status()), id, request.uri());
    answer.headers().forEach(response::header);
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    if (answer instanceof Answer.Json json) {
      return bytes(response, "application/json", Json.MAPPER.writeValueAsBytes(json.body()));
    } else if (answer instanceof Answer.Bytes bytes) {
      return bytes(response, bytes.type(), bytes.body());
    } else if (answer instanceof Answer.Stored file) {
      return stored(response, file, bodiless);
    } else if (answer instanceof Answer.Packed packed) {
      response.header(HttpHeaderNames.CONTENT_TYPE, "application/zip");
      return bodiless
          ? response.send()
          : response.send(ZipBytes.of(packed.files(), response.alloc())).then();
    } else if (answer instanceof Answer.Streamed made) {
      response.header(HttpHeaderNames.CONTENT_TYPE, made.type());
      return bodiless ? response.send() : response.send(made.content()).then();
    } else if (answer instanceof Answer.Events events) {
      response.header(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
      return bodiless ? response.send() : response.send(events.frames(), sent -> true).then();
    }
    return response.header(HttpHeaderNames.CONTENT_LENGTH, "0").send();
  }

  /** Sends what went wrong. */
  public Mono<Void> send(
      Problem problem, String id, HttpServerRequest request, HttpServerResponse response) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "about:blank");
    body.put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase());
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    body.put("code", problem.code());
    if (problem.hint() != null) {
      body.put("hint", problem.hint());
    }
    body.put("request_id", id);
    byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
    Map<String, String> headers = new LinkedHashMap<>(problem.headers());
    return send(
        new Answer.Bytes(problem.status(), "application/problem+json", bytes, headers),
        id,
        request,
        response);
  }

  private void head(HttpServerResponse response, String id, String uri) {
    ALWAYS.forEach(response::header);
    response.header("X-Request-Id", id);
    // The console shows times by this clock: that of its reader may be wrong.
    response.header(HttpHeaderNames.DATE, DATE.format(Instant.now()));
    response.header(HttpHeaderNames.CACHE_CONTROL, uri.startsWith("/v1") ? "no-store" : "no-cache");
    if (tls) {
      response.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static Mono<Void> bytes(HttpServerResponse response, String type, byte[] body) {
    response.header(HttpHeaderNames.CONTENT_TYPE, type);
    response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    return response.sendByteArray(Mono.just(body)).then();
  }

  private static Mono<Void> stored(
      HttpServerResponse response, Answer.Stored file, boolean bodiless) {
    response.header(HttpHeaderNames.CONTENT_TYPE, file.type());
    response.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(file.length()));
    Path path = file.path();
    if (bodiless) {
      return response.send();
    }
    Flux<ByteBuf> content = FileBytes.of(path, file.length(), response.alloc());
    return response.send(content).then();
  }
}
