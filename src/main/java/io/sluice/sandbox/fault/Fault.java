package io.sluice.sandbox.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.sandbox.Answer;
import io.sluice.sandbox.HttpDate;
import io.sluice.sandbox.Problem;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Corruption.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with a call. Those that answer instead of the API ({@link Reply},
 * {@link Cut}) keep the call from having any effect, unless {@code afterEffect()} is asked for.
 */
public sealed interface Fault {
  /** The media type of every answer of the API. */
  String JSON = "application/json";

  /** An answer other than the API's. */
  record Reply(boolean after, int status, String type, String body, Map<String, String> headers)
      implements Fault {
    /** The same, but the call has had its effect. */
    public Reply afterEffect() {
      return new Reply(true, status, type, body, headers);
    }

    /** The same, with a header more. */
    public Reply header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Reply(after, status, type, body, more);
    }

    public Answer answer() {
      Answer answer = Answer.text(status, type, body);
      for (Map.Entry<String, String> header : headers.entrySet()) {
        answer = answer.with(header.getKey(), header.getValue());
      }
      return answer;
    }
  }

  /** No answer at all: the connection is reset, or nothing more is ever heard. */
  record Cut(boolean after, boolean reset) implements Fault {
    /** The same, but the call has had its effect. */
    public Cut afterEffect() {
      return new Cut(true, reset);
    }
  }

  /** The call is carried out and answered later. */
  record Delay(Duration by) implements Fault {}

  /** The true answer arrives damaged. */
  record Corrupted(Corruption how) implements Fault {}

  /** The API's own answer, told otherwise. */
  record Bent(PageShape shape) implements Fault {}

  /** Something happens to the account right after the call was carried out. */
  record Meanwhile(Consumer<SandboxAccount> event) implements Fault {}

  /** Any answer at all. */
  static Reply reply(int status, String contentType, String body) {
    return new Reply(false, status, contentType, body, Map.of());
  }

  /** An error with the API's envelope, and a code and message that go with the status. */
  static Reply status(int status) {
    return status(status, 1000 + status, "Status " + status + " by the sandbox");
  }

  /** An error with the API's envelope. */
  static Reply status(int status, int code, String message) {
    return status(status, code, message, null);
  }

  /** An error with the API's envelope that points at a place in the request's body. */
  static Reply status(int status, int code, String message, @Nullable String pointer) {
    return refusal(status, new Problem(status, code, message, pointer));
  }

  /** The page of HTML that Cloudflare's edge shows, such as for 502 or 520. */
  static Reply html(int status) {
    String body =
        "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>api.cloudflare.com | "
            + status
            + ": Web server is returning an unknown error</title></head><body><h1>Error "
            + status
            + "</h1></body></html>\n";
    return reply(status, "text/html; charset=UTF-8", body);
  }

  /** 429 that does not say for how long. */
  static Reply tooManyRequests() {
    return status(429, 971, "Please wait and consider throttling your request speed");
  }

  /** 429 with {@code Retry-After} in whole seconds. */
  static Reply tooManyRequests(Duration retryAfter) {
    return limited(Long.toString(retryAfter.toSeconds()));
  }

  /** 429 with {@code Retry-After} as an HTTP date. */
  static Reply tooManyRequests(Instant until) {
    return limited(HttpDate.text(until));
  }

  /** {@code success:false} with status 200. */
  static Reply failure(int code, String message) {
    return refusal(200, Problem.of(200, code, message));
  }

  /** A success whose result is a text, where a list or an object belongs. */
  static Reply wrongShape() {
    String body = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":\"done\"}";
    return reply(200, JSON, body);
  }

  /** Status 200 and a body that is no JSON. */
  static Reply notJson() {
    return reply(200, JSON, "upstream said: OK");
  }

  /** A redirect (302) to that place. */
  static Reply redirect(String location) {
    return reply(302, "text/plain", "").header("location", location);
  }

  /** The TCP connection is reset. */
  static Cut reset() {
    return new Cut(false, true);
  }

  /** The call is never answered; its connection stays open. */
  static Cut silence() {
    return new Cut(false, false);
  }

  /** The call waits that long before it is carried out. */
  static Fault delay(Duration by) {
    return new Delay(by);
  }

  /** Half of the announced body arrives, then the connection closes. */
  static Fault truncated() {
    return new Corrupted(new Corruption(Way.TRUNCATED, Duration.ZERO, 0));
  }

  /** Half of a chunked body arrives, then the connection closes without the last chunk. */
  static Fault chunksCutOff() {
    return new Corrupted(new Corruption(Way.CHUNKS_CUT_OFF, Duration.ZERO, 0));
  }

  /** Half of the JSON arrives as if it were all. */
  static Fault halfJson() {
    return new Corrupted(new Corruption(Way.HALF_JSON, Duration.ZERO, 0));
  }

  /** One byte of the body arrives in each interval. */
  static Fault drip(Duration interval) {
    return new Corrupted(new Corruption(Way.DRIP, interval, 0));
  }

  /** The answer is a well-formed list of more than that many bytes, streamed. */
  static Fault huge(long bytes) {
    return new Corrupted(new Corruption(Way.HUGE, Duration.ZERO, bytes));
  }

  /** The answer arrives pretty-printed. */
  static Fault pretty() {
    return new Corrupted(new Corruption(Way.PRETTY, Duration.ZERO, 0));
  }

  /** {@code total_count} says this. */
  static Fault total(long count) {
    return new Bent(PageShape.TRUE.total(real -> count));
  }

  /** {@code total_count} is off by this. */
  static Fault totalOffBy(long offset) {
    return new Bent(PageShape.TRUE.total(real -> Math.max(0, real + offset)));
  }

  /** {@code result_info} has no {@code total_count}. */
  static Fault noTotal() {
    return new Bent(PageShape.TRUE.total(real -> -1));
  }

  /** A listing has no {@code result_info}. */
  static Fault noResultInfo() {
    return new Bent(PageShape.TRUE.silent());
  }

  /** A page without records has {@code null} in place of an empty list. */
  static Fault emptyListIsNull() {
    return new Bent(PageShape.TRUE.nullWhereEmpty());
  }

  /** A page of HTML that Cloudflare's firewall shows to a caller that it stops. */
  static Reply firewall() {
    String body =
        "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title>"
            + "<style>body{margin:0}</style></head><body><h1>Sorry, you have been blocked</h1>"
            + "<p>You are unable to access cloudflare.com</p></body></html>\n";
    return reply(403, "text/html; charset=UTF-8", body);
  }

  /** Pages hold at most that many records, whatever is asked for; {@code result_info} says so. */
  static Fault perPageAtMost(int cap) {
    return new Bent(PageShape.TRUE.cap(cap));
  }

  /** Every record has a field more, of no known name. */
  static Fault extraFields() {
    return new Bent(PageShape.TRUE.extraFields());
  }

  /** Ids are JSON numbers; in a path they are understood as such from then on. */
  static Fault numericIds() {
    return new Bent(PageShape.TRUE.numericIds());
  }

  /** Something happens to the account once the call was carried out: how lists come to shift. */
  static Fault then(Consumer<SandboxAccount> event) {
    return new Meanwhile(event);
  }

  private static Reply limited(String retryAfter) {
    return tooManyRequests().header("retry-after", retryAfter);
  }

  private static Reply refusal(int status, Problem problem) {
    Answer answer = Answer.refused(problem);
    String body = answer.body().toString(UTF_8);
    answer.body().release();
    return reply(status, answer.contentType(), body);
  }
}
