package io.sluice.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * One request, once it is known which route it means and who asks.
 *
 * @param id names the request in logs and answers
 * @param path what the names of the route's path stand for
 */
record Exchange(String id, HttpServerRequest request, Map<String, String> path, Caller caller) {

  /** What a name of the route's path stands for. */
  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}");
    }
    return value;
  }

  /** A parameter of the query; null if it is not given, or empty. */
  @Nullable String query(String name) {
    try {
      List<String> values =
          new QueryStringDecoder(request.uri()).parameters().getOrDefault(name, List.of());
      return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    } catch (IllegalArgumentException malformed) {
      throw Problem.of(400, "bad_query", "the query cannot be decoded").exception();
    }
  }

  /** A parameter of the query that cannot be left out. */
  String required(String name) {
    String value = query(name);
    if (value == null) {
      throw Problem.of(400, "missing_parameter", "the parameter '" + name + "' is missing")
          .exception();
    }
    return value;
  }

  /** A number of the query, within bounds. */
  int number(String name, int least, int most, int otherwise) {
    String value = query(name);
    try {
      int number = value == null ? otherwise : Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw Problem.of(
            400, "bad_parameter", "'" + name + "' is a number from " + least + " to " + most)
        .exception();
  }

  /** A flag of the query; false if it is not given. */
  boolean flag(String name) {
    String value = query(name);
    if (value == null || value.equals("false")) {
      return false;
    } else if (value.equals("true")) {
      return true;
    }
    throw Problem.of(400, "bad_parameter", "'" + name + "' is true or false").exception();
  }

  /** A header; null if it is not given. */
  @Nullable String header(CharSequence name) {
    return request.requestHeaders().get(name);
  }

  /** What the length of the body is said to be; -1 if nothing is said. */
  long length() {
    String length = header(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  /** The body as a record. */
  <T extends Record> Mono<T> body(Class<T> type) {
    return JsonBody.read(this).map(bytes -> Required.check(JsonBody.parsed(bytes, type)));
  }
}
