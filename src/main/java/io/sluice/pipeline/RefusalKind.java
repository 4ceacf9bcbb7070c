package io.sluice.pipeline;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import java.util.Locale;
import java.util.Set;

/** What the API, or what stands before it, means by refusing a call. */
public enum RefusalKind {
  /** Something between Sluice and the API stopped the call. */
  OBSTACLE,
  /** It may pass: the same call may succeed later. */
  PASSING,
  /** The account has no Email Security. */
  NOT_ENTITLED,
  /** The token or key is none, or none any more. */
  NOT_AUTHENTICATED,
  /** The token does not reach the account, or there is no such account. */
  NO_ACCESS,
  /** The token reaches the account, but may not do that. */
  NOT_PERMITTED,
  /** There is no account with that id. */
  NO_SUCH_ACCOUNT,
  /** There is nothing at that address. */
  NOT_FOUND,
  /** Anything else, most likely something wrong with what was sent. */
  OTHER;

  private static final Set<Long> NO_SUCH_ACCOUNT_CODES = Set.of(7000L, 7003L);

  /** The meaning of that answer. */
  public static RefusalKind of(ApiException error) {
    int status = error.httpStatus();
    if (!error.kind().settled()) {
      return PASSING;
    } else if (error.obstacle() != null) {
      return OBSTACLE;
    } else if (says(error, "subscription") && status == 403) {
      return NOT_ENTITLED;
    } else if (status == 401
        || hasCode(error, ApiError.AUTHENTICATION)
        || says(error, "invalid access token")) {
      return NOT_AUTHENTICATED;
    } else if (hasCode(error, ApiError.NO_ACCESS)) {
      return NO_ACCESS;
    } else if (status == 403) {
      return NOT_PERMITTED;
    } else if (hasCode(error, NO_SUCH_ACCOUNT_CODES)) {
      return NO_SUCH_ACCOUNT;
    }
    return status == 404 ? NOT_FOUND : OTHER;
  }

  private static boolean hasCode(ApiException error, Set<Long> codes) {
    return error.errors().stream().anyMatch(e -> codes.contains(e.code()));
  }

  private static boolean says(ApiException error, String word) {
    return error.errors().stream()
        .anyMatch(e -> e.message().toLowerCase(Locale.ROOT).contains(word));
  }
}
