package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The profiles that there are, and whether one of them works. */
@Tag("slow")
final class WhoamiIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().quota(1200, Duration.ofMinutes(5)).start();

  @BeforeEach
  void configure() throws Exception {
    Files.writeString(directory.resolve("token"), sandbox.token() + "\n");
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        profiles:
          prod:
            account: %s
            token: file:%s
            base-url: %s
          wrong:
            account: %s
            token: env:OTHER_TOKEN
            base-url: %s
          unset:
            account: 0123456789abcdef0123456789abcdef
            token: env:NOT_SET
        """
            .formatted(
                sandbox.account().id(),
                directory.resolve("token"),
                sandbox.baseUrl(),
                sandbox.account().id(),
                sandbox.baseUrl()));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void profilesAreListedWithoutTheirSecrets() throws Exception {
    Ended listed = sluice().run("profiles", "--config", "config.yaml");
    assertThat(listed.exit()).describedAs(listed.err()).isZero();
    assertThat(listed.out())
        .contains("prod", "wrong", "unset", "token env:OTHER_TOKEN", sandbox.account().id())
        .contains("NOT_SET, which is not set")
        .doesNotContain(sandbox.token(), "another-secret-token");
    JsonNode json =
        JSON.readTree(sluice().run("profiles", "--config", "config.yaml", "--json").out());
    assertThat(json.at("/profiles")).hasSize(3);
    assertThat(json.at("/profiles/0/problem").isNull()).isTrue();
    assertThat(json.at("/profiles/1/problem").stringValue()).contains("not set");
    assertThat(sandbox.requestLog().total()).isZero();

    Ended none = sluice().with("XDG_CONFIG_HOME", directory.toString()).run("profiles");
    assertThat(none.exit()).isZero();
    assertThat(none.out()).contains("no profiles: there is no ");
  }

  @Test
  void anAccountIsCheckedWithOneCallAKind() throws Exception {
    Ended checked = sluice().run("whoami", "--profile", "prod", "--config", "config.yaml");
    assertThat(checked.exit()).describedAs(checked.err()).isZero();
    assertThat(checked.out())
        .contains("account " + sandbox.account().id(), "block-senders", "can be read")
        .containsPattern("quota 1,07\\d of 1,200 calls are left before the reserve");
    assertThat(sandbox.requestLog().total()).isEqualTo(Catalog.resources().size());

    JsonNode json =
        JSON.readTree(
            sluice().run("whoami", "--profile", "prod", "--config", "config.yaml", "--json").out());
    assertThat(json.path("exit").intValue()).isZero();
    assertThat(json.at("/quota/limit").intValue()).isEqualTo(1200);
    assertThat(json.path("resources")).hasSize(Catalog.resources().size());
    assertThat(json.at("/resources/0/readable").booleanValue()).isTrue();
  }

  @Test
  void aTokenThatDoesNotOpenItIsTriedOnce() throws Exception {
    Ended refused = sluice().run("whoami", "--profile", "wrong", "--config", "config.yaml");
    assertThat(refused.exit()).describedAs(refused.out()).isEqualTo(5);
    assertThat(refused.err()).contains("token").doesNotContain("another-secret-token");
    assertThat(sandbox.requestLog().total()).isEqualTo(1);
    assertThat(sluice().run("whoami").exit()).isEqualTo(2);
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).with("OTHER_TOKEN", "another-secret-token").quick();
  }
}
