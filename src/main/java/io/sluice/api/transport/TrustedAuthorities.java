package io.sluice.api.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.tcp.SslProvider;

/** Java's own certificate authorities, and a company's own besides them. */
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * Trusts what Java trusts and every certificate of the file.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds no certificate
   */
  static TrustManagerFactory with(Path pemFile) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int n = 0;
      for (X509Certificate authority : javasOwn()) {
        store.setCertificateEntry("java-" + n++, authority);
      }
      for (Certificate authority : CertificateFile.read(pemFile)) {
        store.setCertificateEntry("file-" + n++, authority);
      }
      return factory(store);
    } catch (GeneralSecurityException | IOException unreadable) {
      throw new IllegalArgumentException(
          "--ca-file " + pemFile + " is not a file of PEM certificates: " + unreadable.getMessage(),
          unreadable);
    }
  }

  /**
   * The TLS of HTTP/1.1 that checks servers so.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds no certificate
   */
  static SslProvider.GenericSslContextSpec<?> http11(@Nullable Path pemFile) {
    CertificateCheck trusted = check(pemFile);
    Http11SslContextSpec spec = Http11SslContextSpec.forClient();
    spec.configure(context -> context.trustManager(trusted));
    return spec;
  }

  /**
   * Checks servers by Java's own authorities, and by those of the file if there is one.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds no certificate
   */
  static CertificateCheck check(@Nullable Path pemFile) {
    try {
      TrustManagerFactory factory = pemFile == null ? factory(null) : with(pemFile);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return new CertificateCheck(extended);
        }
      }
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("Java's own authorities cannot be used", unusable);
    }
    throw new IllegalStateException("Java checks no certificates");
  }

  private static X509Certificate[] javasOwn() throws GeneralSecurityException {
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  @SuppressWarnings("NullAway") // a null store means Java's own authorities
  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
