package io.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.data.Json;
import io.sluice.sandbox.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTest {

  @Test
  void answersAreCompressedForThoseWhoAcceptIt() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().gzip(true).start()) {
      sandbox.account().seed("domains", 100);
      String plain = Caller.of(sandbox).get("domains?per_page=1000").body();
      HttpRequest accepting = domains(sandbox).header("Accept-Encoding", "gzip").build();
      byte[] packed = HttpClient.newHttpClient().send(accepting, BodyHandlers.ofByteArray()).body();
      assertThat(packed.length).isLessThan(plain.length() / 5);
      try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        assertThat(unpacked.readAllBytes()).asString().isEqualTo(plain);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void tlsIsServedWithWhicheverVersionIsNegotiated(Version version, @TempDir Path directory)
      throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, "sandbox.example");
    try (Sandbox sandbox = Sandbox.builder().tls(certificate.server("h2", "http/1.1")).start()) {
      sandbox.account().seed("domains", 500);
      assertThat(sandbox.baseUrl()).startsWith("https://127.0.0.1:");
      HttpClient client =
          HttpClient.newBuilder().version(version).sslContext(certificate.client()).build();
      HttpRequest request = domains(sandbox).build();
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.version()).isEqualTo(version);
      assertThat(Json.object(answer.body()).path("result").size()).isEqualTo(500);
      for (Fault fault : List.of(Fault.truncated(), Fault.reset())) {
        sandbox.faults().everywhere().then(fault);
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofByteArray()))
            .isInstanceOf(IOException.class);
        sandbox.faults().clear();
      }
      assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void closingIsImmediateAndFreesThePort() throws Exception {
    Sandbox sandbox = Sandbox.builder().start();
    int port = sandbox.port();
    Caller.of(sandbox).get("domains");
    long start = System.nanoTime();
    sandbox.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(address, 1000)).isInstanceOf(IOException.class);
    }
    try (Sandbox again = Sandbox.builder().port(port).start()) {
      assertThat(again.port()).isEqualTo(port);
      assertThatThrownBy(() -> Sandbox.builder().port(port).start())
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void latencyHoldsForEveryAnswer() {
    try (Sandbox slow = Sandbox.builder().latency(Duration.ofMillis(40)).start()) {
      long start = System.nanoTime();
      Caller.of(slow).get("domains");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(39));
    }
  }

  private static HttpRequest.Builder domains(Sandbox sandbox) {
    String settings =
        sandbox.baseUrl() + "/accounts/" + sandbox.account().id() + "/email-security/settings/";
    return HttpRequest.newBuilder(URI.create(settings + "domains?per_page=1000"))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + sandbox.token());
  }
}
