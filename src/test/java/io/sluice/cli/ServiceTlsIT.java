package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.TestCertificate;
import io.sluice.server.RawCall;
import io.sluice.server.Visitor;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with a certificate of its own. */
final class ServiceTlsIT {
  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private TestCertificate certificate;
  private ServiceProcess service;

  @BeforeEach
  void serve() throws Exception {
    certificate = TestCertificate.in(directory, "sluice.example");
    service =
        ServiceProcess.start(
            new SluiceProcess(directory).against(sandbox).quick(),
            "--data-dir",
            "data",
            "--tls-cert",
            certificate.pem(directory).toString(),
            "--tls-key",
            certificate.keyPem(directory).toString());
  }

  @AfterEach
  void stop() throws InterruptedException {
    service.kill();
    sandbox.close();
  }

  @Test
  void whoKnowsTheAuthorityIsAnsweredAndTheSessionStaysOnTls() throws Exception {
    assertThat(service.address()).startsWith("https://127.0.0.1:");
    Visitor visitor = trusting();

    assertThat(visitor.get("/healthz").status()).isEqualTo(200);
    Visitor.Reply opened = visitor.post("/v1/sessions", "{\"key\":\"" + service.key() + "\"}");
    assertThat(opened.status()).isEqualTo(204);
    assertThat(opened.header("Set-Cookie"))
        .contains("; Secure")
        .contains("; HttpOnly")
        .contains("; SameSite=Strict");
    assertThat(opened.header("Strict-Transport-Security")).startsWith("max-age=");
    String cookie = opened.header("Set-Cookie").replaceFirst(";.*", "");
    assertThat(visitor.with("Cookie", cookie).get("/v1/sessions/current").json().path("role"))
        .asString()
        .contains("operator");
  }

  @Test
  void whoDoesNotKnowTheAuthorityIsNotAnswered() {
    assertThatThrownBy(() -> new Visitor(service.address()).get("/healthz"))
        .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class)
        .cause()
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void plainHttpIsHungUpOn() throws Exception {
    String answer =
        RawCall.answer(
            service.port(),
            "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + service.port() + "\r\n\r\n");

    assertThat(answer).doesNotContain("HTTP/");
    assertThat(trusting().get("/healthz").status()).isEqualTo(200);
    assertThat(Files.readString(service.log())).doesNotContain("Exception").doesNotContain("\tat ");
  }

  private Visitor trusting() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(certificate.client()).build();
    return new Visitor(service.address(), client);
  }
}
