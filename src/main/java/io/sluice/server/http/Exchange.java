package io.sluice.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sluice.server.http.body.JsonBody;
import io.sluice.server.http.body.Required;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * One request, once it is known which route it means and who asks.
 *
 * @param id names the request in logs and answers
 * @param path what the names of the route's path stand for
 * @param query what the query gives of the parameters that the route declares
 */
public record Exchange(
    String id, HttpServerRequest request, Map<String, String> path, Query query, Caller caller) {

  /** What a name of the route's path stands for. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}");
    }
    return value;
  }

  /** A parameter of the query; null if it is not given. */
  @Nullable
  public String query(String name) {
    return query.value(name);
  }

  /** A parameter of the query that cannot be left out. */
  public String required(String name) {
    return Objects.requireNonNull(query.value(name), name);
  }

  /** A number of the query. */
  public int number(String name, int otherwise) {
    String value = query.value(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  /** A flag of the query; false if it is not given. */
  public boolean flag(String name) {
    return "true".equals(query.value(name));
  }

  /** A header; null if it is not given. */
  @Nullable
  public String header(CharSequence name) {
    return request.requestHeaders().get(name);
  }

  /** What the length of the body is said to be; -1 if nothing is said. */
  public long length() {
    String length = header(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  /** The body, which is JSON, as it came. */
  public Mono<byte[]> json() {
    return Mono.defer(() -> JsonBody.read(length(), request.receive().asByteArray()));
  }

  /** The body as a record. */
  public <T extends Record> Mono<T> body(Class<T> type) {
    return json().map(bytes -> Required.check(JsonBody.parsed(bytes, type)));
  }
}
