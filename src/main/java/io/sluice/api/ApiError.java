package io.sluice.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of an answer's {@code errors}.
 *
 * @param code Cloudflare's own number; 0 if the answer gave none
 * @param message what it says
 * @param pointer a JSON pointer to the offending part of the request, if given
 * @param documentationUrl where to read more, if given
 */
public record ApiError(
    long code, String message, @Nullable String pointer, @Nullable String documentationUrl) {
  /** Cloudflare's codes for a credential that is missing, malformed or unknown. */
  public static final Set<Long> AUTHENTICATION =
      Set.of(1000L, 6003L, 6103L, 6111L, 9103L, 9106L, 10001L);

  /**
   * Cloudflare's codes for a credential that does not open this: an account that it does not reach
   * or that does not exist, or a missing permission. With 401 the credential itself is unknown.
   */
  public static final Set<Long> NO_ACCESS = Set.of(9109L, 10000L);

  private static final int MOST = 1000;

  /** True if the credential is refused, whatever was asked for. */
  boolean refusesCredential() {
    return AUTHENTICATION.contains(code) || NO_ACCESS.contains(code);
  }

  /**
   * The entries of an envelope's {@code errors}; entries of another shape are left out. Nothing is
   * shortened yet: half a secret would not be recognized.
   */
  static List<ApiError> listed(JsonNode errors) {
    List<ApiError> list = new ArrayList<>();
    for (JsonNode error : errors) {
      if (error.isObject() && list.size() < MOST) {
        list.add(
            new ApiError(
                error.path("code").asLong(0),
                message(error),
                text(error.path("source").path("pointer")),
                text(error.path("documentation_url"))));
      }
    }
    return list;
  }

  /** With what the error chain adds: the first code alone may say no more than "invalid". */
  private static String message(JsonNode error) {
    StringBuilder text = new StringBuilder(error.path("message").asString("no message"));
    for (JsonNode cause : error.path("error_chain")) {
      String more = ApiMessages.text(cause);
      if (!more.isEmpty() && text.length() < ApiMessages.LONGEST) {
        text.append(": ").append(more);
      }
    }
    return text.toString();
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  /** The same without secrets, and then shortened. */
  ApiError shown(UnaryOperator<String> hideSecrets) {
    return new ApiError(
        code,
        ApiMessages.shortened(hideSecrets.apply(message)),
        pointer == null ? null : ApiMessages.shortened(hideSecrets.apply(pointer)),
        documentationUrl == null
            ? null
            : ApiMessages.shortened(hideSecrets.apply(documentationUrl)));
  }
}
