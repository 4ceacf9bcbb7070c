package io.sluice.bench;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two accounts that store nothing, so that records are as many as one likes: one lists the block
 * senders that {@link Senders} writes, the other is empty and answers batches of creates as if it
 * made them.
 */
public final class GeneratedAccounts {
  /** The account that holds records. */
  static final String FULL = "full";

  /** The account that holds none, whatever is made in it. */
  static final String EMPTY = "empty";

  private static final String TOKEN = "generated";
  private static final String LIST =
      "/client/v4/accounts/{account}/email-security/settings/block_senders";
  private static final String TIMES =
      "\",\"created_at\":\"2026-01-01T00:00:00Z\",\"last_modified\":\"2026-01-01T00:00:00Z\","
          + "\"modified_at\":\"2026-01-01T00:00:00Z\",";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final long records;

  private GeneratedAccounts(long records) {
    this.records = records;
  }

  /** Takes the number of records; prints one line of JSON when ready. */
  public static void main(String[] args) {
    RawClient.prepare();
    GeneratedAccounts accounts = new GeneratedAccounts(Long.parseLong(args[0]));
    DisposableServer server =
        HttpServer.create().host("127.0.0.1").port(0).route(accounts::routes).bindNow();
    System.out.println(
        "{\"base_url\":\"http://127.0.0.1:"
            + server.port()
            + "/client/v4\",\"account\":\""
            + FULL
            + "\",\"token\":\""
            + TOKEN
            + "\"}");
    server.onDispose().block();
  }

  private void routes(HttpServerRoutes routes) {
    routes
        .get(LIST, this::page)
        .post(
            LIST + "/batch",
            (request, response) ->
                request
                    .receive()
                    .aggregate()
                    .asByteArray()
                    .flatMap(body -> send(response, batch(JSON.readTree(body)))));
  }

  private Mono<Void> page(HttpServerRequest request, HttpServerResponse response) {
    long all = FULL.equals(request.param("account")) ? records : 0;
    long number = parameter(request, "page", 1);
    long size = parameter(request, "per_page", Target.PAGE);
    boolean newestFirst = request.uri().contains("direction=desc");
    long from = Math.min(all, (number - 1) * size);
    long to = Math.min(all, from + size);
    StringBuilder json = new StringBuilder((int) (to - from) * 300 + 300);
    json.append("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[");
    for (long at = from; at < to; at++) {
      if (at > from) {
        json.append(',');
      }
      record(json, newestFirst ? all - 1 - at : at);
    }
    json.append("],\"result_info\":{\"count\":").append(to - from);
    json.append(",\"page\":").append(number).append(",\"per_page\":").append(size);
    json.append(",\"total_count\":").append(all).append("}}");
    return send(response, json);
  }

  private static void record(StringBuilder json, long row) {
    json.append("{\"id\":\"").append(new UUID(row * 0x9E3779B97F4A7C15L, row));
    json.append(TIMES);
    String fields = Senders.body(row);
    json.append(fields, 1, fields.length());
  }

  /** The records that a batch of creates asks for, each with an id. */
  private static StringBuilder batch(JsonNode asked) {
    StringBuilder json =
        new StringBuilder("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{");
    for (String kind : List.of("deletes", "patches", "puts")) {
      json.append('"').append(kind).append("\":[],");
    }
    json.append("\"posts\":[");
    String comma = "";
    for (JsonNode body : asked.path("posts")) {
      String fields = JSON.writeValueAsString(body);
      UUID id = UUID.nameUUIDFromBytes(fields.getBytes(StandardCharsets.UTF_8));
      json.append(comma).append("{\"id\":\"").append(id).append(TIMES);
      json.append(fields, 1, fields.length());
      comma = ",";
    }
    return json.append("]}}");
  }

  private static long parameter(HttpServerRequest request, String name, long otherwise) {
    String query = request.uri().substring(request.uri().indexOf('?') + 1);
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Long.parseLong(pair.substring(name.length() + 1));
      }
    }
    return otherwise;
  }

  private static Mono<Void> send(HttpServerResponse response, CharSequence json) {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return response
        .header("Content-Type", "application/json")
        .header("Content-Length", Integer.toString(bytes.length))
        .sendObject(Unpooled.wrappedBuffer(bytes))
        .then();
  }
}
