package io.sluice.api.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sluice.api.Obstacle;
import io.sluice.flow.retry.CallFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Why no connection came about: whatever it was, the call was not sent.
 *
 * @param kind whether it may pass
 * @param obstacle what stands in the way, if it is known
 * @param text what happened
 */
public record RouteFailure(Kind kind, @Nullable Obstacle obstacle, String text) {
  /** The status that Netty gives to what is no HTTP answer. */
  private static final int UNPARSED = 999;

  /** A scheme, and no word of the realm of another. */
  private static final Pattern BASIC =
      Pattern.compile("(^|,)\\s*basic\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern STATUS = Pattern.compile("status: (\\d{3})");

  /**
   * How the C library and Windows say that no host has a name, unlike that nobody could be asked.
   */
  private static final List<String> NO_SUCH_NAME =
      List.of("not known", "no such host", "no address associated", "nodename nor servname");

  /**
   * What the error means; null if it is not one of making the connection.
   *
   * @param answered whether the API has answered before: its name was known then
   */
  public static @Nullable RouteFailure of(Throwable error, Route route, boolean answered) {
    ProxyConnectException refusal = find(error, ProxyConnectException.class);
    if (refusal != null && route.proxy() != null) {
      return ofProxy(refusal, route, route.proxy());
    }
    UnknownHostException unknown = find(error, UnknownHostException.class);
    if (unknown != null || find(error, UnresolvedAddressException.class) != null) {
      return ofName(unknown, route, answered);
    }
    if (brokeOffInHandshake(error)) {
      return ofHandshake(error, route);
    }
    RouteFailure tls = ofTls(error, route);
    if (tls != null) {
      return tls;
    }
    if (leadsNowhere(error) || error instanceof Transport.NotSent) {
      return unreachable(error, route);
    }
    return null;
  }

  /** A server in trouble hangs up too, so that it may pass. */
  private static RouteFailure ofHandshake(Throwable error, Route route) {
    Throwable root = rootOf(error);
    boolean closed = find(root, ClosedChannelException.class) != null;
    String what =
        closed || said(root).startsWith("Connection closed")
            ? "it hung up in the handshake, as a port does that does not speak TLS"
            : said(root);
    String text = "TLS failed with " + route.place() + ": " + what;
    return new RouteFailure(Kind.REFUSED, Obstacle.TLS, text);
  }

  /** The connection was refused, took too long to make, or there is no way to the address. */
  private static boolean leadsNowhere(Throwable error) {
    return error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || (error instanceof SocketException && said(rootOf(error)).contains("unreachable"));
  }

  /** True if the other side, or something on the way to it, has cut the connection. */
  static boolean isReset(Throwable error) {
    Throwable root = rootOf(error);
    return root instanceof IOException && said(root).startsWith("Connection reset");
  }

  private static RouteFailure unreachable(Throwable error, Route route) {
    String said = said(rootOf(error));
    if (isReset(error)) {
      return new RouteFailure(
          Kind.REFUSED,
          Obstacle.TLS,
          "the connection to "
              + route.place()
              + " was reset before anything was sent, as a firewall does that does not let it through");
    }
    boolean nowhere = leadsNowhere(error) || find(error, ConnectException.class) != null;
    if (route.proxy() == null || !nowhere) {
      return new RouteFailure(Kind.REFUSED, null, "no connection: " + said);
    }
    return new RouteFailure(
        Kind.REFUSED,
        Obstacle.PROXY_FAILURE,
        "no connection to " + named(route.proxy()) + ": " + said);
  }

  private static RouteFailure ofProxy(
      ProxyConnectException refusal, Route route, ProxySettings proxy) {
    Matcher told = STATUS.matcher(said(refusal));
    int status = told.find() ? Integer.parseInt(told.group(1)) : 0;
    if (status == 407) {
      return ofLogin(refusal, proxy);
    } else if (status == UNPARSED) {
      return new RouteFailure(
          Kind.BLOCKED, Obstacle.NO_PROXY, named(proxy) + " does not answer as an HTTP proxy");
    } else if (status == 0) {
      return new RouteFailure(
          Kind.REFUSED,
          Obstacle.PROXY_FAILURE,
          named(proxy) + " did not answer as a proxy: " + reason(refusal));
    } else if (status >= 500 || status == 408 || status == 429) {
      return new RouteFailure(
          Kind.REFUSED,
          Obstacle.PROXY_FAILURE,
          named(proxy) + " could not connect to " + route.place() + " (" + status + ")");
    }
    return new RouteFailure(
        Kind.BLOCKED,
        Obstacle.PROXY_REFUSAL,
        "the proxy refuses to connect to "
            + route.place()
            + " ("
            + status
            + "); it is "
            + named(proxy));
  }

  /** Netty's own words begin with scheme and addresses, which are named already. */
  private static String reason(ProxyConnectException refusal) {
    String said = said(rootOf(refusal));
    return said.contains(" => ") ? said.substring(said.lastIndexOf(", ") + 2) : said;
  }

  private static RouteFailure ofLogin(ProxyConnectException refusal, ProxySettings proxy) {
    String schemes = "";
    Obstacle obstacle = Obstacle.PROXY_LOGIN;
    if (refusal instanceof HttpProxyConnectException http && http.headers() != null) {
      List<String> asked = http.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE);
      boolean basic = asked.isEmpty() || asked.stream().anyMatch(s -> BASIC.matcher(s).find());
      if (!basic) {
        List<String> names = asked.stream().map(s -> s.split("[ ,]", 2)[0]).toList();
        obstacle = Obstacle.PROXY_SCHEME;
        schemes =
            "; it asks for "
                + String.join(", ", names)
                + " and does not offer Basic, which is what Sluice speaks";
      }
    }
    String what =
        obstacle == Obstacle.PROXY_SCHEME
            ? "the proxy wants a log-in (407)"
            : proxy.user() == null
                ? "the proxy wants a user and a password (407)"
                : "the proxy refused the user or password in " + proxy.variable() + " (407)";
    return new RouteFailure(Kind.BLOCKED, obstacle, what + schemes + "; it is " + named(proxy));
  }

  private static String named(ProxySettings proxy) {
    return "the proxy " + proxy.place() + " of " + proxy.variable();
  }

  private static RouteFailure ofName(
      @Nullable UnknownHostException unknown, Route route, boolean answered) {
    String said = unknown == null ? "" : said(unknown).toLowerCase(Locale.ROOT);
    boolean none = NO_SUCH_NAME.stream().anyMatch(said::contains);
    String name =
        route.proxy() == null
            ? route.host()
            : String.valueOf(route.proxy().url() == null ? "" : route.proxy().url().getHost());
    String whose = route.proxy() == null ? "" : " of the proxy in " + route.proxy().variable();
    int colon = said.indexOf(": ");
    String why =
        none || colon < 0 ? " is unknown" : " cannot be looked up:" + said.substring(colon + 1);
    String text = "the host name " + name + whose + why;
    boolean direct = route.proxy() == null;
    if (none && !answered) {
      Obstacle obstacle = direct ? Obstacle.UNKNOWN_HOST : Obstacle.PROXY_UNKNOWN;
      return new RouteFailure(Kind.BLOCKED, obstacle, text);
    }
    return new RouteFailure(Kind.REFUSED, direct ? null : Obstacle.PROXY_FAILURE, text);
  }

  private static @Nullable RouteFailure ofTls(Throwable error, Route route) {
    UntrustedCertificate certificate = find(error, UntrustedCertificate.class);
    if (certificate != null) {
      String what =
          switch (certificate.fault()) {
            case UNKNOWN_ISSUER -> " is not trusted: ";
            case OUT_OF_DATE -> " is out of date: ";
            case OTHER_NAME -> " is not one for that host: ";
          };
      return new RouteFailure(
          Kind.BLOCKED,
          Obstacle.CERTIFICATE,
          "TLS failed: the certificate of " + route.place() + what + certificate.getMessage());
    }
    if (find(error, NotSslRecordException.class) != null) {
      return new RouteFailure(
          Kind.BLOCKED,
          Obstacle.TLS,
          "TLS failed: what answers at " + route.place() + " does not speak TLS");
    }
    SSLHandshakeException handshake = find(error, SSLHandshakeException.class);
    if (handshake == null) {
      return null;
    }
    // A server in trouble says so by this alert; any other is an answer for good.
    boolean passing = said(rootOf(error)).contains("internal_error");
    return new RouteFailure(
        passing ? Kind.REFUSED : Kind.BLOCKED,
        Obstacle.TLS,
        "TLS failed with " + route.place() + ": " + inWords(said(rootOf(error))));
  }

  /** An alert of the other side, with what it usually means. Source: RFC 8446, "Alert Protocol". */
  private static String inWords(String alert) {
    if (alert.contains("certificate_required")) {
      return alert + "; it wants a certificate of the caller, and Sluice has none to show";
    } else if (alert.contains("protocol_version")) {
      return alert + "; it speaks no version of TLS that Java allows, which are 1.2 and 1.3";
    } else if (alert.contains("handshake_failure")) {
      return alert + "; it may want a certificate of the caller, or share no cipher with Java";
    }
    return alert;
  }

  /** A peer that went away or is slow, unlike one whose certificate or protocol will not do. */
  private static boolean brokeOffInHandshake(Throwable cause) {
    return find(cause, SslHandshakeTimeoutException.class) != null
        || (cause instanceof SSLHandshakeException && said(cause).startsWith("Connection closed"))
        || Arrays.stream(cause.getSuppressed()).anyMatch(RouteFailure::brokeOffInHandshake);
  }

  public static String said(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message;
  }

  public static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> type) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
