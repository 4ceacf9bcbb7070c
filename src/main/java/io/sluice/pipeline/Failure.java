package io.sluice.pipeline;

import io.sluice.report.ExitCode;
import org.jspecify.annotations.Nullable;

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

  static Failure of(ExitCode exit, String code, String message, @Nullable String hint) {
    return new Failure(exit, code, message, hint, 0, null);
  }
}
