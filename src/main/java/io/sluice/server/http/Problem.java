package io.sluice.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error of a request (RFC 9457).
 *
 * @param code a short stable name of it, for scripts
 * @param detail what is wrong, for people
 * @param hint what would be right, if that can be said
 * @param headers what the answer tells besides
 */
public record Problem(
    int status, String code, String detail, @Nullable String hint, Map<String, String> headers) {

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, null, Map.of());
  }

  public static Problem of(int status, String code, String detail, @Nullable String hint) {
    return new Problem(status, code, detail, hint, Map.of());
  }

  /** The same, with one more header. */
  public Problem with(String header, String value) {
    return new Problem(status, code, detail, hint, Map.of(header, value));
  }

  /** As what ends the handling of a request. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** There is nothing at that address. */
  public static Problem missing(String what) {
    return of(404, "not_found", what);
  }
}
