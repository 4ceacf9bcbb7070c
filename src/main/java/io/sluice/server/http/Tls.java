package io.sluice.server.http;

import io.sluice.config.UsageException;
import io.sluice.server.ServiceSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/** TLS by PEM files. */
public final class Tls {
  private Tls() {}

  /**
   * The server with TLS, if it is wanted.
   *
   * @throws UsageException if the files cannot be used
   */
  public static HttpServer secured(HttpServer server, ServiceSettings settings) {
    Path certificate = settings.certificate();
    Path key = settings.privateKey();
    if (certificate == null && key == null) {
      return server;
    }
    File chain = readable("certificate", certificate);
    File own = readable("key", key);
    try {
      Http11SslContextSpec context = Http11SslContextSpec.forServer(chain, own);
      context.sslContext();
      return server.secure(ssl -> ssl.sslContext((SslProvider.GenericSslContextSpec<?>) context));
    } catch (SSLException | IllegalArgumentException unusable) {
      throw new UsageException(
          "the TLS certificate or its key cannot be used",
          "both are PEM files; the key is PKCS#8 without a password, as 'openssl pkcs8 -topk8"
              + " -nocrypt -in server.key -out key.pem' makes of another");
    }
  }

  private static File readable(String what, @Nullable Path path) {
    if (path == null) {
      throw new UsageException("TLS needs a certificate and its key", null);
    } else if (!Files.isReadable(path)) {
      throw new UsageException("the TLS " + what + " " + path + " cannot be read", null);
    }
    return path.toFile();
  }
}
