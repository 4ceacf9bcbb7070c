package io.sluice.api.transport;

import io.sluice.api.transport.UntrustedCertificate.Fault;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Checks servers' certificates as Java does, and names the one that it refuses. */
final class CertificateCheck extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager java;

  CertificateCheck(X509ExtendedTrustManager java) {
    this.java = java;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    explained(chain, () -> java.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    explained(chain, () -> java.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    explained(chain, () -> java.checkServerTrusted(chain, type));
  }

  private static void explained(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException refused) {
      throw explanation(chain[0], refused);
    }
  }

  private static UntrustedCertificate explanation(X509Certificate own, CertificateException why) {
    String subject = "'" + own.getSubjectX500Principal().getName() + "'";
    String issuer = "'" + own.getIssuerX500Principal().getName() + "'";
    // Looked at here as well: of a chain that nobody knows, Java does not check the dates.
    Instant now = Instant.now();
    if (own.getNotAfter().toInstant().isBefore(now)) {
      return new UntrustedCertificate(
          Fault.OUT_OF_DATE,
          subject + ", issued by " + issuer + ", expired on " + own.getNotAfter().toInstant(),
          why);
    } else if (own.getNotBefore().toInstant().isAfter(now)) {
      return new UntrustedCertificate(
          Fault.OUT_OF_DATE,
          subject + ", issued by " + issuer + ", is valid from " + own.getNotBefore().toInstant(),
          why);
    } else if (isCausedBy(why, CertificateExpiredException.class)) {
      return new UntrustedCertificate(
          Fault.OUT_OF_DATE, subject + ": an authority above it has expired: " + issuer, why);
    } else if (isCausedBy(why, CertPathBuilderException.class)
        || isCausedBy(why, CertPathValidatorException.class)) {
      return new UntrustedCertificate(
          Fault.UNKNOWN_ISSUER, subject + " was issued by " + issuer, why);
    }
    return new UntrustedCertificate(
        Fault.OTHER_NAME, subject + ", issued by " + issuer + ": " + why.getMessage(), why);
  }

  private static boolean isCausedBy(Throwable error, Class<? extends Throwable> type) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    java.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    java.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    java.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java.getAcceptedIssuers();
  }
}
