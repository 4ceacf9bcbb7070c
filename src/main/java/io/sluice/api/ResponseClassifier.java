package io.sluice.api;

import io.sluice.api.transport.BodyBuffer;
import io.sluice.api.transport.RawAnswer;
import io.sluice.api.transport.Route;
import io.sluice.api.transport.RouteFailure;
import io.sluice.flow.retry.CallFailure.Kind;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Decides what a failed exchange means: whether the call was surely not processed, may have been,
 * or was answered for good.
 */
final class ResponseClassifier {
  /**
   * A portal in the way wants a log-in. Source: RFC 6585, "511 Network Authentication Required".
   */
  private static final int PORTAL = 511;

  private final Route route;
  private final Clock clock;
  private final UnaryOperator<String> hideSecrets;

  ResponseClassifier(Route route, Clock clock, UnaryOperator<String> hideSecrets) {
    this.route = route;
    this.clock = clock;
    this.hideSecrets = hideSecrets;
  }

  /** What an answer other than 2xx means. */
  ApiException refusal(String call, RawAnswer answer) {
    List<ApiError> errors = hidden(Envelope.errorsIn(answer));
    int status = answer.status();
    WebPage page = errors.isEmpty() ? WebPage.in(answer, hideSecrets) : null;
    Obstacle obstacle = obstacle(status, page);
    String what = ApiException.describe(status, errors);
    if (obstacle == Obstacle.REDIRECT) {
      what += ": it sends the caller to " + target(answer) + "; redirects are not followed";
    } else if (page != null) {
      what += ", by " + page.described();
    }
    return new ApiException(
        kind(status, obstacle),
        obstacle,
        call + " was answered " + hideSecrets.apply(what),
        status,
        errors,
        hidden(answer.ray()),
        RateHeaders.retryAfter(answer.headers(), clock.instant()),
        null);
  }

  private static Kind kind(int status, @Nullable Obstacle obstacle) {
    if (status == 429) {
      return Kind.THROTTLED;
    } else if (status < 200) {
      return Kind.UNANSWERED;
    } else if (status == PORTAL) {
      return Kind.BLOCKED;
    } else if (status == 408 || status >= 500) {
      return Kind.SERVER_ERROR;
    }
    boolean inTheWay = obstacle == Obstacle.REDIRECT || obstacle == Obstacle.PROXY_LOGIN;
    // Other refusals by a page concern one call, and a missing endpoint may be told by one.
    boolean refused =
        obstacle == Obstacle.WEB_PAGE && (status == 401 || status == 403 || status == 451);
    return inTheWay || refused ? Kind.BLOCKED : Kind.FINAL;
  }

  private static @Nullable Obstacle obstacle(int status, @Nullable WebPage page) {
    if (status >= 300 && status < 400) {
      return Obstacle.REDIRECT;
    } else if (status == 407) {
      return Obstacle.PROXY_LOGIN;
    }
    return page == null && status != PORTAL ? null : Obstacle.WEB_PAGE;
  }

  /** Where a redirect leads: the host alone, since the rest may hold what is secret. */
  private String target(RawAnswer answer) {
    String location = answer.headers().get("location");
    try {
      String host = location == null ? null : URI.create(location.strip()).getHost();
      if (host != null) {
        return host.equalsIgnoreCase(route.host()) ? "another address of " + host : "host " + host;
      }
    } catch (IllegalArgumentException unreadable) {
      // Said as what it is below.
    }
    return location == null ? "no address" : "another address";
  }

  /**
   * What an answer of 2xx means whose content is not what it should be.
   *
   * @param writes whether the call may have changed something all the same
   */
  ApiException unreadable(String call, boolean writes, RawAnswer answer, RuntimeException cause) {
    List<ApiError> errors = hidden(Envelope.errorsIn(answer));
    // The parser's own words quote the answer, which may repeat a secret or half of one.
    boolean broken = cause instanceof JacksonException;
    WebPage page = broken ? WebPage.in(answer, hideSecrets) : null;
    String reason = broken ? "it is not JSON, or breaks off" : String.valueOf(cause.getMessage());
    boolean portal = page != null && page.html();
    if (page != null && portal) {
      reason = "it is " + page.described();
    }
    boolean locked = errors.stream().anyMatch(ApiError::refusesCredential);
    String said = errors.isEmpty() ? "" : " (" + ApiException.said(errors) + ")";
    String how = errors.isEmpty() ? ", but not readably: " : ", but: ";
    String text = "HTTP " + answer.status() + how + reason + said;
    return new ApiException(
        locked || (portal && !writes) ? Kind.BLOCKED : Kind.UNANSWERED,
        portal ? Obstacle.WEB_PAGE : null,
        call + " was answered " + hideSecrets.apply(text),
        answer.status(),
        errors,
        hidden(answer.ray()),
        null,
        broken ? null : withoutSecrets(cause));
  }

  /**
   * What it means that no whole answer came.
   *
   * @param writes whether the call may have changed something all the same
   * @param answered whether the API has answered an earlier call
   */
  ApiException lost(String call, boolean writes, boolean answered, Throwable cause) {
    Kind kind = Kind.UNANSWERED;
    Obstacle obstacle = null;
    String what;
    RouteFailure failure = RouteFailure.of(cause, route, answered);
    if (cause instanceof BodyBuffer.AnswerTooLarge || cause instanceof BodyBuffer.NotEnoughMemory) {
      kind = writes ? Kind.UNANSWERED : Kind.FINAL;
      what = String.valueOf(cause.getMessage());
    } else if (failure != null) {
      kind = failure.kind();
      obstacle = failure.obstacle();
      what = failure.text();
    } else if (cause instanceof TimeoutException) {
      what = "no answer in time";
    } else {
      what = "the connection was lost: " + RouteFailure.said(RouteFailure.rootOf(cause));
    }
    return ApiException.unanswered(
        kind, obstacle, hideSecrets.apply(call + ": " + what), withoutSecrets(cause));
  }

  /** A text of the API as it may be shown. */
  String shown(String text) {
    return hideSecrets.apply(text);
  }

  /**
   * A cause whose stack trace may be shown; null if its words, or those below it, hold a secret.
   */
  private @Nullable Throwable withoutSecrets(Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      String said = String.valueOf(one.getMessage());
      if (!hideSecrets.apply(said).equals(said)) {
        return null;
      }
    }
    return cause;
  }

  private List<ApiError> hidden(List<ApiError> errors) {
    return errors.stream().map(error -> error.shown(hideSecrets)).toList();
  }

  private @Nullable String hidden(@Nullable String text) {
    return text == null ? null : hideSecrets.apply(text);
  }
}
