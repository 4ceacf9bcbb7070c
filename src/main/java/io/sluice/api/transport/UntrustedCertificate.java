package io.sluice.api.transport;

import java.security.cert.CertificateException;

/** A server's certificate that will not do; its message says which it is, and why. */
final class UntrustedCertificate extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** The fault of a certificate. */
  enum Fault {
    UNKNOWN_ISSUER,
    OUT_OF_DATE,
    OTHER_NAME
  }

  private final Fault fault;

  UntrustedCertificate(Fault fault, String message, CertificateException cause) {
    super(message, cause);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
