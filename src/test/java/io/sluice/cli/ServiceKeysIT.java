package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys are managed at the command line while the service runs on its embedded database. */
final class ServiceKeysIT {
  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void keysOfARunningServiceAreMadeListedAndRemoved() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(sluice(), "--data-dir", "data")) {
      Ended viewer = keys("data", "--new-key", "look", "--json");
      assertThat(viewer.exit()).describedAs(viewer.err()).isZero();
      String key = json(viewer).path("key").asString();
      assertThat(bearer(service, key).get("/v1/sessions/current").json().path("role").asString())
          .isEqualTo("viewer");
      assertThat(service.operator().get("/v1/jobs").status()).isEqualTo(200);

      Ended made = keys("data", "--new-key", "ci", "--role", "operator", "--expires", "90d");
      assertThat(made.exit()).describedAs(made.err()).isZero();
      Visitor ci = bearer(service, made.out().strip());
      assertThat(made.err()).contains("'ci' (operator), until 20");
      assertThat(ci.get("/v1/keys").json().path("items")).hasSize(2);

      Ended listed = keys("data", "--list-keys");
      assertThat(listed.out()).contains("ci ", "look ", "operator", "expires").doesNotContain(key);
      Ended refused = keys("data", "--remove-key", "ci");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("the only operator's key", "--yes");
      assertThat(ci.get("/v1/jobs").status()).isEqualTo(200);
      assertThat(keys("data", "--remove-key", "ci", "--yes").exit()).isZero();
      assertThat(ci.get("/v1/jobs").status()).isEqualTo(401);
      assertThat(Files.readString(service.log()))
          .contains("key 'ci' (operator, expires 20", "was removed by the command line")
          .contains("sign-in from 127.0.0.1 refused: the key 'ci' was removed at")
          .doesNotContain(made.out().strip(), key);
      service.kill();
    }
    assertThat(directory.resolve("data/control/socket")).exists();
    Ended after = keys("data", "--list-keys", "--json");
    assertThat(after.exit()).describedAs(after.err()).isZero();
    assertThat(json(after).path("keys")).hasSize(1);

    try (ServiceProcess again = ServiceProcess.start(sluice(), "--data-dir", "data")) {
      assertThat(again.key()).describedAs("a viewer's key alone locks nobody out").isNotEmpty();
      assertThat(keys("data", "--new-key", "anna", "--role", "operator").exit()).isZero();
      assertThat(again.terminate()).isEqualTo(130);
    }
    assertThat(directory.resolve("data/control/socket")).doesNotExist();
  }

  @Test
  void whereNoSocketFitsTheWayOverHttpIsNamed() throws Exception {
    String data = "d".repeat(120);
    try (ServiceProcess service = ServiceProcess.start(sluice(), "--data-dir", data)) {
      assertThat(Files.readString(service.log())).contains("longer than 100 bytes", "/v1/keys");
      Ended refused = keys(data, "--new-key", "ci");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("in use", "too long", "/v1/keys");
    }
  }

  @Test
  void whatBelongsToANewKeyIsRefusedWithoutOne() throws Exception {
    for (String[] options : new String[][] {{"--role", "viewer"}, {"--expires", "90d"}}) {
      Ended refused = keys("data", options);
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains(options[0] + " has no effect without --new-key");
    }
    Ended soon = keys("data", "--new-key", "a", "--expires", "soon");
    assertThat(soon.exit()).isEqualTo(2);
    assertThat(soon.err()).contains("--expires: 'soon' is not a time span");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).against(sandbox).quick();
  }

  private Ended keys(String data, String... options) throws Exception {
    String[] command = new String[options.length + 3];
    command[0] = "serve";
    command[1] = "--data-dir";
    command[2] = data;
    System.arraycopy(options, 0, command, 3, options.length);
    return sluice().run(command);
  }

  private static JsonNode json(Ended ended) {
    return JsonMapper.shared().readTree(ended.out());
  }

  private static Visitor bearer(ServiceProcess service, String key) {
    return new Visitor(service.address()).with("Authorization", "Bearer " + key);
  }
}
