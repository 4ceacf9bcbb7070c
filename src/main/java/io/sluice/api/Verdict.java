package io.sluice.api;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sluice.flow.CallFailure.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Decides what a failed exchange means: whether the call was surely not processed, may have been,
 * or was answered for good.
 */
final class Verdict {
  private final Clock clock;
  private final UnaryOperator<String> hideSecrets;

  Verdict(Clock clock, UnaryOperator<String> hideSecrets) {
    this.clock = clock;
    this.hideSecrets = hideSecrets;
  }

  /** What an answer other than 2xx means. */
  ApiException refusal(String call, RawAnswer answer) {
    List<ApiError> errors = hidden(Envelope.errorsIn(answer));
    int status = answer.status();
    Kind kind = Kind.FINAL;
    if (status == 429) {
      kind = Kind.THROTTLED;
    } else if (status < 200) {
      kind = Kind.UNANSWERED;
    } else if (status == 408 || status >= 500) {
      kind = Kind.SERVER_ERROR;
    }
    String what = ApiException.describe(status, errors);
    if (status >= 300 && status < 400) {
      what += ": redirects are not followed; is the base URL right?";
    }
    return new ApiException(
        kind,
        call + " was answered " + what,
        status,
        errors,
        hidden(answer.ray()),
        RateHeaders.retryAfter(answer.headers(), clock.instant()),
        null);
  }

  /** What an answer of 2xx means whose content is not what it should be. */
  ApiException unreadable(String call, RawAnswer answer, RuntimeException cause) {
    List<ApiError> errors = hidden(Envelope.errorsIn(answer));
    // The parser's own words quote the answer, which may repeat a secret or half of one.
    boolean broken = cause instanceof JacksonException;
    String reason = broken ? "it is no JSON, or breaks off" : cause.getMessage();
    String said = errors.isEmpty() ? "" : " (" + errors.get(0).message() + ")";
    return new ApiException(
        Kind.UNANSWERED,
        call + " was answered HTTP " + answer.status() + ", but not readably: " + reason + said,
        answer.status(),
        errors,
        hidden(answer.ray()),
        null,
        broken ? null : cause);
  }

  /**
   * What it means that no whole answer came.
   *
   * @param writes whether the call may have changed something all the same
   */
  ApiException lost(String call, boolean writes, Throwable cause) {
    Throwable root = rootOf(cause);
    Kind kind = Kind.UNANSWERED;
    String what;
    if (cause instanceof BodyBuffer.AnswerTooLarge || cause instanceof BodyBuffer.NotEnoughMemory) {
      kind = writes ? Kind.UNANSWERED : Kind.FINAL;
      what = String.valueOf(cause.getMessage());
    } else if (cause instanceof Transport.NotSent || brokeOffInHandshake(cause)) {
      kind = Kind.REFUSED;
      what = "no connection: " + said(root);
    } else if (has(cause, SSLHandshakeException.class)) {
      kind = Kind.FINAL;
      what =
          "TLS failed: " + root.getMessage() + " (a company's own authority needs --ca-file FILE)";
    } else if (cause instanceof UnknownHostException) {
      kind = Kind.REFUSED;
      what = "the host name " + said(cause).split(":", 2)[0] + " is unknown";
    } else if (cause instanceof ConnectTimeoutException
        || cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || has(cause, ProxyConnectException.class)) {
      kind = Kind.REFUSED;
      what = "no connection: " + said(root);
    } else if (cause instanceof TimeoutException) {
      what = "no answer in time";
    } else {
      what = "the connection was lost: " + said(root);
    }
    return ApiException.unanswered(kind, hideSecrets.apply(call + ": " + what), cause);
  }

  private List<ApiError> hidden(List<ApiError> errors) {
    return errors.stream()
        .map(
            error ->
                new ApiError(
                    error.code(),
                    hideSecrets.apply(error.message()),
                    hidden(error.pointer()),
                    hidden(error.documentationUrl())))
        .toList();
  }

  private @Nullable String hidden(@Nullable String text) {
    return text == null ? null : hideSecrets.apply(text);
  }

  /** A peer that went away or is slow, unlike one whose certificate or protocol will not do. */
  private static boolean brokeOffInHandshake(Throwable cause) {
    return has(cause, SslHandshakeTimeoutException.class)
        || (cause instanceof SSLHandshakeException && said(cause).startsWith("Connection closed"))
        || Arrays.stream(cause.getSuppressed()).anyMatch(Verdict::brokeOffInHandshake);
  }

  private static String said(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message;
  }

  private static boolean has(Throwable cause, Class<? extends Throwable> type) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
