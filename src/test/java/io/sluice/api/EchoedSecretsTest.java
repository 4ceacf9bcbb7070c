package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that repeats the token gets none of it shown, not even half, wherever it puts it. */
final class EchoedSecretsTest {
  private static final String TOKEN = "cfut_0123456789abcdef0123456789abcdef01234567";
  private static final String HALF = "cfut_0123";

  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {485, 500})
  void noHalfOfItIsLeftWhereAnErrorIsShortened(int before) {
    String body =
        "{\"success\":false,\"errors\":[{\"code\":1,\"message\":\"%s\",\"source\":{\"pointer\":\"%s\"}}]}";
    String said = "x".repeat(before) + sandbox.token();
    sandbox.faults().everywhere().then(Fault.reply(400, Fault.JSON, body.formatted(said, said)));
    try (ApiRig rig = ApiRig.once(sandbox)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.getMessage()).doesNotContain(sandbox.token().substring(0, 9));
      assertThat(failed.errors().get(0).pointer()).doesNotContain(sandbox.token().substring(0, 9));
    }
  }

  @Test
  void noHalfOfItIsLeftWhereAMessageIsShortened() {
    List<String> heard = new CopyOnWriteArrayList<>();
    String body = "{\"success\":true,\"messages\":[{\"message\":\"%s\"}],\"result\":[]}";
    String said = "x".repeat(485) + sandbox.token();
    sandbox.faults().everywhere().then(Fault.reply(200, Fault.JSON, body.formatted(said)));
    try (ApiRig rig = ApiRig.heardBy(sandbox, heard::add)) {
      rig.firstPage();
      assertThat(heard).hasSize(1);
      assertThat(heard.get(0)).doesNotContain(sandbox.token().substring(0, 9)).hasSize(493);
    }
  }

  @Test
  void noHalfOfItIsLeftWhereAPageIsShortened() {
    String page = "<html><body>" + "x".repeat(185) + " " + sandbox.token() + "</body></html>";
    sandbox.faults().everywhere().then(Fault.reply(403, "text/html", page));
    try (ApiRig rig = ApiRig.once(sandbox)) {
      assertThat(rig.noFirstPage().getMessage())
          .contains("xxx")
          .doesNotContain(sandbox.token().substring(0, 9));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s 200 OK", "HTTP/1.1 %s OK", "HTTP/1.1 200 OK\r\nContent-Length: %s"})
  void itIsInNoMessageAndNoStackTraceOfAHeadThatIsMalformed(String head) throws IOException {
    byte[] answer = SmallServer.bytes(head.formatted(TOKEN) + "\r\n\r\n");
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = ApiRig.once("http://127.0.0.1:" + server.port(), TOKEN, ApiRig.options())) {
      StringWriter trace = new StringWriter();
      rig.noFirstPage().printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString().toLowerCase(Locale.ROOT)).doesNotContain(HALF);
    }
  }
}
