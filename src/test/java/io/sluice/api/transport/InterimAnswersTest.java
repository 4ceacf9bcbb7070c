package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiRig;
import io.sluice.api.Credential;
import io.sluice.api.SmallServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes before an answer is not taken for it. */
final class InterimAnswersTest {
  private static final String PAGE = "{\"success\":true,\"result\":[{\"id\":\"7\"}]}";

  @ParameterizedTest
  @CsvSource({
    "100 Continue,false",
    "102 Processing,false",
    "103 Early Hints,false",
    "103 Early Hints,true",
    "110 Whatever,true"
  })
  void theAnswerIsWaitedFor(String interim, boolean apart) throws IOException {
    try (SmallServer server =
            new SmallServer((client, self) -> answer(client, self, interim, apart));
        ApiRig rig =
            ApiRig.to(
                "http://127.0.0.1:" + server.port(),
                Credential.token("test-token"),
                ApiRig.options().withAnswerTimeout(Duration.ofSeconds(3)),
                1)) {
      assertThat(rig.firstPage().count()).isEqualTo(1);
      assertThat(rig.firstPage().count()).isEqualTo(1);
      assertThat(server.heads()).hasSize(2);
    }
  }

  private static void answer(Socket client, SmallServer self, String interim, boolean apart)
      throws Exception {
    OutputStream out = client.getOutputStream();
    client.setTcpNoDelay(true);
    while (!self.nextHead(client).isBlank()) {
      String before = "HTTP/1.1 " + interim + "\r\nLink: </x>\r\n\r\n";
      String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
      String answer = head + PAGE.length() + "\r\n\r\n" + PAGE;
      if (apart) {
        out.write(SmallServer.bytes(before.repeat(2)));
        out.write(SmallServer.bytes(answer));
      } else {
        out.write(SmallServer.bytes(before + answer));
      }
    }
  }
}
