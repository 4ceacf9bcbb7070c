package io.sluice.sandbox;

import io.sluice.catalog.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Why a call, or one operation of a batch, is refused.
 *
 * @param status the HTTP status
 * @param code the code in the envelope
 * @param message the message in the envelope
 * @param pointer the place in the request's body, as a JSON pointer, or null
 */
public record Problem(int status, int code, String message, @Nullable String pointer) {

  public static Problem of(int status, int code, String message) {
    return new Problem(status, code, message, null);
  }

  public static Problem badRequest(String message) {
    return of(400, 1004, message);
  }

  public static Problem invalid(String field, String reason) {
    return new Problem(400, 1001, reason, "/" + field.replace('.', '/'));
  }

  public static Problem noRecord(Resource resource, String id) {
    return of(404, 1002, resource.name() + " has no record '" + id + "'");
  }

  public static Problem conflict(Resource resource) {
    return new Problem(
        409,
        1003,
        "a record with this " + String.join(" and ", resource.key()) + " already exists",
        "/" + resource.keyText());
  }

  public static Problem keptElsewhere(String id, String reason) {
    return of(403, 1005, "record '" + id + "' is " + reason + " and cannot be changed");
  }

  public static Problem noRoute(String uri) {
    return of(
        404, 7003, "Could not route to " + uri + ", perhaps your object identifier is invalid?");
  }

  public static Problem noMethod(String method) {
    return of(405, 7001, "Method " + method + " not available for that URI.");
  }

  /** The same, at that place of a batch. */
  public Problem below(String place) {
    return new Problem(status, code, message, pointer == null ? place : place + pointer);
  }
}
