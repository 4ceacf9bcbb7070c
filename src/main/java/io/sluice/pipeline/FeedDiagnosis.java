package io.sluice.pipeline;

import io.sluice.api.Obstacle;
import io.sluice.api.transport.FeedException;
import io.sluice.report.ExitCode;

/** How a run ends whose feed cannot be had, and what to do about it. */
final class FeedDiagnosis {
  private FeedDiagnosis() {}

  /** The meaning of the error. */
  static Failure of(FeedException feed) {
    ExitCode exit =
        switch (feed.kind()) {
          case AWAY -> ExitCode.GAVE_UP;
          case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
          case REFUSED -> ExitCode.REFUSED;
        };
    String message = String.valueOf(feed.getMessage());
    return new Failure(exit, "feed", message, hint(feed), feed.status(), null);
  }

  /**
   * What helps against a proxy or a certificate is the same for a feed as for the API; other advice
   * speaks of the API alone.
   */
  private static String hint(FeedException feed) {
    Obstacle obstacle = feed.obstacle();
    if (obstacle == null) {
      return feed.hint();
    }
    return switch (obstacle) {
      case TLS, UNKNOWN_HOST, WEB_PAGE, REDIRECT -> feed.hint();
      default -> ObstacleAdvice.of(obstacle).hint();
    };
  }
}
