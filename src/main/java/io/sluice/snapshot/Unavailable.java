package io.sluice.snapshot;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A kind of records that could not be listed, since the account's package does not include it or
 * the token's role does not reach it. What the account holds of it is not known; it is not empty.
 *
 * @param resource the resource, by its slug
 * @param httpStatus what the API answered, 403 or 404
 * @param code the API's own number for the reason, if it gave one
 * @param message the API's words
 */
public record Unavailable(String resource, int httpStatus, @Nullable Long code, String message) {

  /** A list of such kinds, as summaries and the API have it. */
  public static ArrayNode json(List<Unavailable> kinds) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Unavailable one : kinds) {
      list.addObject()
          .put("resource", one.resource)
          .put("http_status", one.httpStatus)
          .put("code", one.code)
          .put("message", one.message);
    }
    return list;
  }

  /** True if the other is of the same kind and for the same reason, in whatever words. */
  public boolean isAlike(Unavailable other) {
    return resource.equals(other.resource)
        && httpStatus == other.httpStatus
        && Objects.equals(code, other.code);
  }

  /** The reason on one line. */
  public String reason() {
    String said = code == null ? message : (code + " " + message).strip();
    return "HTTP " + httpStatus + (said.isEmpty() ? "" : ": " + said);
  }
}
