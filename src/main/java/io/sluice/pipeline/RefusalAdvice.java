package io.sluice.pipeline;

import io.sluice.api.ApiException;
import io.sluice.report.ExitCode;
import org.jspecify.annotations.Nullable;

/** What it means if the API refuses a call that a run cannot do without, and what to do. */
final class RefusalAdvice {
  private RefusalAdvice() {}

  /** The meaning of the answer. */
  static Failure of(ApiException error) {
    ObstacleAdvice advice = ObstacleAdvice.of(error);
    RefusalKind kind = RefusalKind.of(error);
    if (advice != null) {
      return kind == RefusalKind.PASSING
          ? answered(ExitCode.GAVE_UP, "unavailable", error, advice.hint())
          : answered(advice.exit(), advice.code(), error, advice.hint());
    }
    return switch (kind) {
      case OBSTACLE, OTHER ->
          answered(
              ExitCode.UNEXPECTED,
              "refused",
              error,
              error.ray() == null
                  ? "is the base URL right, and is it Cloudflare that answers there?"
                  : "asking again will not help; Cloudflare's support can look it up by its ray id");
      case PASSING -> answered(ExitCode.GAVE_UP, "unavailable", error, "try again later");
      case NOT_ENTITLED ->
          notPermitted(
              "not_entitled", error, "this account has no Email Security; check the account id");
      case NOT_AUTHENTICATED ->
          notPermitted("not_authenticated", error, token(error.httpStatus() == 400));
      case NO_ACCESS ->
          notPermitted(
              "no_access",
              error,
              "check the account id first, then the token's accounts and permissions: Cloudflare"
                  + " answers the same if the account does not exist, if the token does not reach"
                  + " it, if it lacks 'Cloud Email Security: Read' (or 'Write' to change anything),"
                  + " and to some wrong tokens");
      case NOT_PERMITTED ->
          notPermitted(
              "not_permitted",
              error,
              "the token needs the permission 'Cloud Email Security: Read' for this account, and"
                  + " 'Write' to change anything");
      case NO_SUCH_ACCOUNT ->
          notPermitted(
              "not_found",
              error,
              "Cloudflare knows no account with this account id; it is 32 hex digits, shown in the"
                  + " dashboard's address after dash.cloudflare.com/ (the token plays no part in"
                  + " this)");
      case NOT_FOUND ->
          notPermitted(
              "not_found",
              error,
              "is the account id right, and does the token reach that account?");
    };
  }

  private static String token(boolean malformed) {
    return (malformed
            ? "this does not have the form of a Cloudflare token: was it copied completely?"
            : "the token is wrong, expired or revoked; the account id plays no part in this:")
        + " check CLOUDFLARE_API_TOKEN, --token-file or the profile"
        + (malformed ? "; a global API key goes with CLOUDFLARE_EMAIL instead" : "");
  }

  private static Failure notPermitted(String code, ApiException error, String hint) {
    return answered(ExitCode.NOT_PERMITTED, code, error, hint);
  }

  private static Failure answered(ExitCode exit, String code, ApiException error, String hint) {
    return answered(exit, code, Diagnosis.text(error), error, hint);
  }

  /** A failure that tells the status and the ray of the answer. */
  static Failure answered(
      ExitCode exit, String code, String message, ApiException error, @Nullable String hint) {
    return new Failure(exit, code, message, hint, error.httpStatus(), error.ray());
  }
}
