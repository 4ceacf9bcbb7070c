package io.sluice.pipeline;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.report.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What it means if the API refuses a call that a run cannot do without, and what to do. */
final class RefusalAdvice {
  private static final Set<Long> NO_SUCH_ACCOUNT = Set.of(7000L, 7003L);

  private RefusalAdvice() {}

  /** The meaning of the answer. */
  static Failure of(ApiException error) {
    int status = error.httpStatus();
    ObstacleAdvice advice = ObstacleAdvice.of(error);
    if (advice != null && error.kind().settled()) {
      return answered(advice.exit(), advice.code(), error, advice.hint());
    }
    if (!error.kind().settled()) {
      String hint = advice == null ? "try again later" : advice.hint();
      return answered(ExitCode.GAVE_UP, "unavailable", error, hint);
    }
    if (says(error, "subscription") && status == 403) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_entitled",
          error,
          "this account has no Email Security; check the account id");
    }
    boolean unknownToken =
        status == 401
            || hasCode(error, ApiError.AUTHENTICATION)
            || says(error, "invalid access token");
    if (unknownToken) {
      boolean malformed = status == 400;
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_authenticated",
          error,
          (malformed
                  ? "this does not have the form of a Cloudflare token: was it copied completely?"
                  : "the token is wrong, expired or revoked; the account id plays no part in this:")
              + " check CLOUDFLARE_API_TOKEN, --token-file or the profile"
              + (malformed ? "; a global API key goes with CLOUDFLARE_EMAIL instead" : ""));
    }
    if (hasCode(error, ApiError.NO_ACCESS)) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "no_access",
          error,
          "check the account id first, then the token's accounts and permissions: Cloudflare answers"
              + " the same if the account does not exist, if the token does not reach it, if it lacks"
              + " 'Cloud Email Security: Read' (or 'Write' to change anything), and to some wrong"
              + " tokens");
    }
    if (status == 403) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_permitted",
          error,
          "the token needs the permission 'Cloud Email Security: Read' for this account, and"
              + " 'Write' to change anything");
    }
    if (hasCode(error, NO_SUCH_ACCOUNT)) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_found",
          error,
          "Cloudflare knows no account with this account id; it is 32 hex digits, shown in the"
              + " dashboard's address after dash.cloudflare.com/ (the token plays no part in this)");
    }
    if (status == 404) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_found",
          error,
          "is the account id right, and does the token reach that account?");
    }
    String hint =
        error.ray() == null
            ? "is the base URL right, and is it Cloudflare that answers there?"
            : "asking again will not help; Cloudflare's support can look it up by its ray id";
    return answered(ExitCode.UNEXPECTED, "refused", error, hint);
  }

  private static Failure answered(
      ExitCode exit, String code, ApiException error, @Nullable String hint) {
    return answered(exit, code, Diagnosis.text(error), error, hint);
  }

  /** A failure that tells the status and the ray of the answer. */
  static Failure answered(
      ExitCode exit, String code, String message, ApiException error, @Nullable String hint) {
    return new Failure(exit, code, message, hint, error.httpStatus(), error.ray());
  }

  private static boolean hasCode(ApiException error, Set<Long> codes) {
    List<ApiError> errors = error.errors();
    return errors.stream().anyMatch(e -> codes.contains(e.code()));
  }

  private static boolean says(ApiException error, String word) {
    return error.errors().stream()
        .anyMatch(e -> e.message().toLowerCase(Locale.ROOT).contains(word));
  }
}
