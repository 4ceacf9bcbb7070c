package io.sluice.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;

/** A proxy on this machine that lets nobody connect without the right user and password. */
public final class ConnectProxy implements AutoCloseable {
  private final SmallServer server;

  private ConnectProxy(SmallServer server) {
    this.server = server;
  }

  /** A proxy that wants {@code user:password}, and that answers whoever has them with 403. */
  public static ConnectProxy wanting(String userAndPassword) throws IOException {
    String basic = Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
    String right = "proxy-authorization: Basic " + basic + "\r\n";
    return new ConnectProxy(
        new SmallServer(
            (client, heads) -> {
              String status =
                  heads.head(client).contains(right)
                      ? "403 Forbidden\r\n"
                      : "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n";
              String answer = "HTTP/1.1 " + status + "Content-Length: 0\r\n\r\n";
              client.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }));
  }

  /** Its port. */
  public int port() {
    return server.port();
  }

  /** How many requests have come. */
  public int tries() {
    return server.heads().size();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
