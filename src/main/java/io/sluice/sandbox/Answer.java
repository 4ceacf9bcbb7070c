package io.sluice.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.sandbox.data.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer, before quota headers and the faults of the way.
 *
 * @param status the HTTP status
 * @param contentType the body's media type
 * @param body the body; whoever sends it releases it
 * @param headers further headers
 */
public record Answer(int status, String contentType, ByteBuf body, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final byte[] HEAD =
      utf8("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":");

  static Answer json(int status, ByteBuf body) {
    return new Answer(status, JSON, body, Map.of());
  }

  public static Answer text(int status, String contentType, String body) {
    return new Answer(status, contentType, Unpooled.wrappedBuffer(utf8(body)), Map.of());
  }

  /** Success with a result that is JSON already. */
  public static Answer result(byte[] result) {
    return json(200, Unpooled.wrappedBuffer(HEAD, result, new byte[] {'}'}));
  }

  /** Success with a page of records, comma-separated, and what is said of it (or nothing). */
  public static Answer page(ByteBuf records, String resultInfo) {
    String tail = resultInfo.isEmpty() ? "]}" : "],\"result_info\":" + resultInfo + "}";
    return json(
        200,
        Unpooled.wrappedBuffer(
            Unpooled.wrappedBuffer(HEAD),
            Unpooled.wrappedBuffer(new byte[] {'['}),
            records,
            Unpooled.wrappedBuffer(utf8(tail))));
  }

  /** Success with a list that is null, and what is said of it (or nothing). */
  public static Answer nullPage(String resultInfo) {
    String tail = resultInfo.isEmpty() ? "null}" : "null,\"result_info\":" + resultInfo + "}";
    return json(200, Unpooled.wrappedBuffer(HEAD, utf8(tail)));
  }

  public static Answer refused(Problem problem) {
    return refused(problem.status(), List.of(problem));
  }

  public static Answer refused(int status, List<Problem> problems) {
    ObjectNode envelope = Json.MAPPER.createObjectNode().put("success", false);
    var errors = envelope.putArray("errors");
    for (Problem problem : problems) {
      ObjectNode error = errors.addObject().put("code", problem.code());
      error.put("message", problem.message());
      if (problem.pointer() != null) {
        error.putObject("source").put("pointer", problem.pointer());
      }
    }
    envelope.putArray("messages");
    envelope.set("result", Json.MAPPER.nullNode());
    return json(status, Unpooled.wrappedBuffer(Json.bytes(envelope)));
  }

  public Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, body, more);
  }

  public Answer pretty() {
    byte[] compact = ByteBufUtil.getBytes(body);
    body.release();
    return new Answer(status, contentType, Unpooled.wrappedBuffer(Json.pretty(compact)), headers);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
