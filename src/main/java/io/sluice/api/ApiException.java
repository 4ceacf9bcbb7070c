package io.sluice.api;

import io.sluice.flow.retry.CallFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not bring what it was for. Its message is fit to be shown: it holds no secret.
 *
 * <p>A failure of a single row is made into data where rows are handled; this exception says that a
 * call failed.
 */
public final class ApiException extends RuntimeException implements CallFailure {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable Obstacle obstacle;
  private final int httpStatus;
  private final transient List<ApiError> errors;
  private final @Nullable String ray;
  private final @Nullable Duration retryAfter;

  ApiException(
      Kind kind,
      @Nullable Obstacle obstacle,
      String message,
      int httpStatus,
      List<ApiError> errors,
      @Nullable String ray,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.obstacle = obstacle;
    this.httpStatus = httpStatus;
    this.errors = List.copyOf(errors);
    this.ray = ray;
    this.retryAfter = retryAfter;
  }

  /** No answer came: the connection was refused, was lost, or took too long. */
  static ApiException unanswered(
      Kind kind, @Nullable Obstacle obstacle, String message, @Nullable Throwable cause) {
    return new ApiException(kind, obstacle, message, 0, List.of(), null, null, cause);
  }

  /** A call that cannot be made, and was not. */
  static ApiException unsent(String message) {
    return new ApiException(Kind.FINAL, null, message, 0, List.of(), null, null, null);
  }

  static String describe(int status, List<ApiError> errors) {
    return "HTTP " + status + (errors.isEmpty() ? "" : ": " + said(errors));
  }

  /** What an envelope's errors say, with their codes. */
  static String said(List<ApiError> errors) {
    return errors.stream()
        .map(error -> error.code() == 0 ? error.message() : error.code() + " " + error.message())
        .collect(Collectors.joining("; "));
  }

  @Override
  public Kind kind() {
    return kind;
  }

  /** What stands between here and the API, if the failure shows that something does. */
  public @Nullable Obstacle obstacle() {
    return obstacle;
  }

  @Override
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public boolean answered() {
    return httpStatus > 0;
  }

  /** The HTTP status, or 0 if no answer came. */
  public int httpStatus() {
    return httpStatus;
  }

  /** What the answer's envelope said. Empty if it said nothing readable. */
  public List<ApiError> errors() {
    return errors;
  }

  /** The answer's {@code cf-ray}, which Cloudflare's support asks for, if there was one. */
  public @Nullable String ray() {
    return ray;
  }
}
