package io.sluice.pipeline;

import io.sluice.report.ExitCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a run could not go on, for the person or the script that started it.
 *
 * @param exit how the process ends
 * @param code a short stable name of the cause, for scripts
 * @param message what happened
 * @param hint what to do about it, if anything can be done
 * @param httpStatus the HTTP status behind it, or 0
 * @param ray the id of the answer behind it, which Cloudflare's support asks for
 */
public record Failure(
    ExitCode exit,
    String code,
    String message,
    @Nullable String hint,
    int httpStatus,
    @Nullable String ray) {

  /** The failure as the part of a summary that scripts read. */
  public ObjectNode json() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("code", code);
    error.put("message", message);
    error.put("hint", hint);
    if (httpStatus == 0) {
      error.putNull("http_status");
    } else {
      error.put("http_status", httpStatus);
    }
    error.put("ray_id", ray);
    return error;
  }

  /** The same, said of one of several accounts. */
  Failure by(String account) {
    return new Failure(exit, code, account + ": " + message, hint, httpStatus, ray);
  }

  /** A failure without an answer of the API behind it. */
  public static Failure of(ExitCode exit, String code, String message, @Nullable String hint) {
    return new Failure(exit, code, message, hint, 0, null);
  }
}
