package io.sluice.api.transport;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are found in the files that people have, and what is none is said. */
final class CertificateFileTest {
  @TempDir private static Path directory = Path.of("");
  private static Path pem = Path.of("");
  private static Path key = Path.of("");
  private static String text = "";

  @BeforeAll
  static void make() throws Exception {
    TestCertificate made = TestCertificate.in(directory, "corp.example");
    pem = made.pem(directory);
    key = made.keyPem(directory);
    text = Files.readString(pem);
  }

  @Test
  void whatStandsAroundACertificateIsPassedOver() throws IOException {
    assertFound(1, text.getBytes(UTF_8));
    assertFound(2, ("# Corp -- CA\nsubject=x\n\n" + text + "\n-----\n" + text).getBytes(UTF_8));
    assertFound(1, text.replace("\n", "\r\n").getBytes(UTF_8));
    assertFound(1, text.replace("\n", "\n  ").getBytes(UTF_8));
    assertFound(1, ("\ufeff" + text).getBytes(UTF_8));
    assertFound(1, text.getBytes(UTF_16));
    assertFound(1, (Files.readString(key) + text).getBytes(UTF_8));
    assertFound(1, text.replace(" CERTIFICATE", " X509 CERTIFICATE").getBytes(UTF_8));
  }

  @Test
  void aCertificateInDerIsOneToo() throws IOException {
    String body = text.replaceAll("-----[A-Z ]+-----|\\s", "");
    assertFound(1, Base64.getDecoder().decode(body));
  }

  @Test
  void aDamagedCertificateIsNotPassedOver() throws IOException {
    String half = text.substring(0, text.length() / 2);
    assertRefused("certificate 2 is damaged or cut off", (text + half).getBytes(UTF_8));
    assertRefused("certificate 1 is damaged or cut off", (half + "\n" + text).getBytes(UTF_8));
  }

  @Test
  void whatIsNoCertificateIsNamed() throws IOException {
    assertRefused("it holds no certificate", new byte[0]);
    assertRefused("it holds no certificate", "none".getBytes(UTF_8));
    assertRefused("it holds a private key and no certificate", Files.readAllBytes(key));
    assertRefused("it looks like a key store", Files.readAllBytes(directory.resolve("keys.p12")));
    assertThatThrownBy(() -> CertificateFile.read(directory)).hasMessageContaining("a directory");
    assertThatThrownBy(() -> CertificateFile.read(directory.resolve("none")))
        .hasMessage("there is no such file");
  }

  private static void assertFound(int count, byte[] content) throws IOException {
    Path file = Files.write(directory.resolve("given"), content);
    assertThat(CertificateFile.read(file))
        .hasSize(count)
        .allSatisfy(
            one ->
                assertThat(((X509Certificate) one).getSubjectX500Principal().getName())
                    .isEqualTo("CN=corp.example"));
  }

  private static void assertRefused(String why, byte[] content) throws IOException {
    Path file = Files.write(directory.resolve("given"), content);
    assertThatThrownBy(() -> CertificateFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
