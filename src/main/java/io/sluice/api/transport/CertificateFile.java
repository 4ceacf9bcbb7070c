package io.sluice.api.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates as people have them: in PEM with whatever stands around them, in DER, or as PKCS #7.
 * Source of the form: RFC 7468.
 */
final class CertificateFile {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)"
              + "(?:-----END (?:X509 |TRUSTED )?CERTIFICATE-----|(?=-----BEGIN)|\\z)",
          Pattern.DOTALL);

  private CertificateFile() {}

  /**
   * All certificates of the file, at least one.
   *
   * @throws IOException if it cannot be read, or one of its certificates is damaged, or it holds
   *     none; the message says what it is instead
   */
  static Collection<? extends Certificate> read(Path file) throws IOException {
    byte[] content = content(file);
    String text = text(content);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<Certificate> found = new ArrayList<>();
      for (Matcher block = PEM.matcher(text); block.find(); ) {
        found.add(certificate(factory, block.group(1), found.size() + 1));
      }
      return found.isEmpty() ? others(factory, content, text) : found;
    } catch (CertificateException unreadable) {
      throw new IOException(whatElse(content, text), unreadable);
    }
  }

  private static byte[] content(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory; join its files into one");
    }
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no such file", missing);
    }
  }

  /** Windows writes text in UTF-16 too, with a mark at its beginning. */
  private static String text(byte[] content) {
    boolean wide =
        content.length > 1
            && ((content[0] == (byte) 0xff && content[1] == (byte) 0xfe)
                || (content[0] == (byte) 0xfe && content[1] == (byte) 0xff));
    return new String(content, wide ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
  }

  private static Certificate certificate(CertificateFactory factory, String base64, int number)
      throws IOException {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException damaged) {
      throw new IOException("certificate " + number + " is damaged or cut off", damaged);
    }
  }

  private static Collection<? extends Certificate> others(
      CertificateFactory factory, byte[] content, String text)
      throws IOException, CertificateException {
    Collection<? extends Certificate> all =
        factory.generateCertificates(new ByteArrayInputStream(content));
    if (all.isEmpty()) {
      throw new IOException(whatElse(content, text));
    }
    return all;
  }

  private static String whatElse(byte[] content, String text) {
    boolean binary = content.length > 0 && (content[0] == 0x30 || content[0] == (byte) 0xfe);
    if (text.contains("PRIVATE KEY-----")) {
      return "it holds a private key and no certificate; give the authority's certificate alone";
    } else if (binary) {
      return "it looks like a key store; write its certificates to a file with 'keytool -list -rfc"
          + " -keystore FILE' or 'openssl pkcs12 -nokeys -in FILE'";
    }
    return "it holds no certificate";
  }
}
