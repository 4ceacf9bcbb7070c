package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiRig;
import io.sluice.api.Credential;
import io.sluice.api.SmallServer;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.TestCertificate;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection on which nothing comes any more, as when a firewall has forgotten it. */
final class SilentConnectionTest {
  @TempDir private Path directory = Path.of("");
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicBoolean firstIsSilent = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(strings = {"h2", "http/1.1"})
  void theCallAfterASilentOneGoesByAnotherConnection(String protocol) throws Exception {
    TestCertificate made = TestCertificate.in(directory, "api.sluice.example");
    try (Sandbox sandbox = Sandbox.builder().tls(made.server(protocol)).start();
        SmallServer way = new SmallServer((client, self) -> pass(client, sandbox.port()));
        ApiRig rig = rig(sandbox, way, made.pem(directory))) {
      sandbox.account().seed("block_senders", 2);
      assertThat(rig.firstPage().count()).isEqualTo(2);
      firstIsSilent.set(true);

      assertThat(rig.firstPage().count()).isEqualTo(2);
      assertThat(connections).hasValue(2);
      assertThat(sandbox.requestLog().total()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionOnWhichOthersAreAnsweredStaysOpen() throws Exception {
    TestCertificate made = TestCertificate.in(directory, "api.sluice.example");
    try (Sandbox sandbox = Sandbox.builder().tls(made.server("h2")).start();
        SmallServer way = new SmallServer((client, self) -> pass(client, sandbox.port()));
        ApiRig rig = rig(sandbox, way, made.pem(directory))) {
      rig.firstPage();
      sandbox.faults().onMethod("POST").then(Fault.delay(Duration.ofMinutes(1)));
      var lost =
          CompletableFuture.supplyAsync(
              () -> ApiRig.failure(rig.create("{'pattern':'a.example'}")));
      while (!lost.isDone()) {
        rig.firstPage();
      }
      assertThat(lost.get()).hasMessageContaining("no answer in time");
      assertThat(closed).hasValue(0);
    }
  }

  private static ApiRig rig(Sandbox sandbox, SmallServer way, Path authority) {
    return ApiRig.to(
        sandbox.baseUrl().replace(":" + sandbox.port(), ":" + way.port()),
        Credential.token(sandbox.token()),
        ApiRig.options()
            .withAnswerTimeout(Duration.ofSeconds(1))
            .withNetwork(authority, false, ProxySettings.NONE),
        3);
  }

  private void pass(Socket client, int port) throws IOException {
    boolean first = connections.incrementAndGet() == 1;
    BooleanSupplier silent = () -> first && firstIsSilent.get();
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Thread back = new Thread(() -> answers(target, client, silent), "way-back");
      back.setDaemon(true);
      back.start();
      copy(client.getInputStream(), target.getOutputStream(), silent);
      closed.incrementAndGet();
    }
  }

  private static void answers(Socket target, Socket client, BooleanSupplier silent) {
    try {
      copy(target.getInputStream(), client.getOutputStream(), silent);
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private static void copy(InputStream in, OutputStream out, BooleanSupplier silent)
      throws IOException {
    byte[] piece = new byte[64 * 1024];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      if (!silent.getAsBoolean()) {
        out.write(piece, 0, n);
      }
    }
  }
}
