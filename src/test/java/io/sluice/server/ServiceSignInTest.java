package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.LogLines;
import io.sluice.job.keys.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-ins that are refused are in the log, and too many of them are put off. */
final class ServiceSignInTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();
  private LogLines log;

  @BeforeEach
  void start() throws IOException {
    log = LogLines.of("io.sluice.server.access.SignIns");
  }

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void aRefusalIsLoggedWithItsAddressAndTheNameOfTheKeyIfItIsKnown() {
    String key = rig.keys.make("guest", Role.VIEWER, Instant.now());
    rig.keys.remove("guest");

    Visitor.Reply removed = bearer(key);
    assertThat(removed.status()).isEqualTo(401);
    assertThat(removed.json().path("detail").asString()).contains("'guest' was removed at 20");
    assertThat(bearer("slk_guessed").status()).isEqualTo(401);
    Visitor.Reply session = session(key);
    assertThat(session.status()).isEqualTo(401);
    assertThat(rig.stranger().get("/v1/jobs").status()).isEqualTo(401);

    assertThat(log.all()).hasSize(3);
    assertThat(log.all().get(0)).contains("sign-in from 127.0.0.1 refused", "'guest'");
    assertThat(log.all().get(1)).contains("127.0.0.1", "no key of that text is known");
    assertThat(log.all().get(2)).contains("127.0.0.1", "'guest'");
    assertThat(String.join("\n", log.all())).doesNotContain(key, "slk_");
  }

  @Test
  void whoeverTriesKeysIsPutOffAndKnownKeysPass() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      statuses.add((i % 2 == 0 ? bearer("slk_" + i) : session("slk_" + i)).status());
    }
    assertThat(statuses.subList(0, 10)).containsOnly(401);
    assertThat(statuses.subList(10, 14)).containsOnly(429);
    Visitor.Reply putOff = bearer("slk_more");
    assertThat(putOff.code()).isEqualTo("too_many_sign_ins");
    assertThat(Integer.parseInt(putOff.header("Retry-After"))).isBetween(1, 61);
    assertThat(rig.viewer().get("/v1/jobs").status()).isEqualTo(200);
    assertThat(session(rig.operator).status()).isEqualTo(204);
    assertThat(log.all()).hasSize(11);
    assertThat(log.all().get(10)).contains("127.0.0.1 has shown 10 keys that open nothing");
  }

  private Visitor.Reply bearer(String key) {
    return rig.stranger().with("Authorization", "Bearer " + key).get("/v1/jobs");
  }

  private Visitor.Reply session(String key) {
    return rig.stranger().post("/v1/sessions", "{\"key\":\"" + key + "\"}");
  }
}
