package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the command line says of kinds of records that an account's package lacks. */
@Tag("slow")
final class UnavailableKindIT {
  private static final String CONTENT = "content-policies";

  @TempDir private Path directory = Path.of("");
  private final TwoAccounts two = new TwoAccounts();

  @BeforeEach
  void prepare() throws Exception {
    two.profiles(directory);
    two.a.account().seed(CONTENT, 7);
    two.a.account().seed("block_senders", 7);
  }

  @AfterEach
  void stop() {
    two.close();
  }

  @Test
  void aBackupSaysItAndIsWhole() throws Exception {
    two.a.account().lacks(CONTENT);
    Ended ended = two.run(directory, "export", "--profile", "a", "--to", "backups");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("content-policies            not offered by the account");
    assertThat(ended.err()).contains("does not offer content-policies (HTTP 403: 1011");
    Ended verified = two.run(directory, "verify", "backups");
    assertThat(verified.exit()).isZero();
    assertThat(verified.out()).contains("not in it: content-policies");

    JsonNode named = two.json(directory, 5, "export", "--profile", "a", "--to", "b", "-r", CONTENT);
    assertThat(named.at("/error/code").asString()).isEqualTo("unavailable_kind");
    assertThat(two.json(directory, 0, "whoami", "--profile", "a").path("resources").toString())
        .contains("\"unavailable\":{\"resource\":\"content-policies\"");
  }

  @Test
  void aNightlyBackupWarnsOfItOnceAndOfEachChange() throws Exception {
    String[] nightly = {"export", "--profile", "a", "--to", "backups", "--quiet", "--keep", "3"};
    two.a.account().lacks(CONTENT);
    assertThat(two.run(directory, nightly).err()).contains("does not offer content-policies");
    assertThat(two.run(directory, nightly).err()).isEmpty();
    Ended loud = two.run(directory, "export", "--profile", "a", "--to", "backups");
    assertThat(loud.err()).contains("does not offer content-policies").doesNotContain("warning");

    two.a.account().lacks("url_ignore_patterns");
    assertThat(two.run(directory, nightly).err())
        .contains("does not offer url-ignore-patterns")
        .doesNotContain("content-policies");
    assertThat(two.run(directory, nightly).err()).isEmpty();
  }

  @Test
  void whatIsNotKnownIsNeitherComparedNorDeleted() throws Exception {
    two.a.account().lacks(CONTENT);
    two.b.account().seed(CONTENT, 9);
    Ended diff =
        two.run(directory, "diff", "profile:a", "profile:b", "--detailed-exitcode", "--quiet");
    assertThat(diff.exit()).isEqualTo(8);
    assertThat(diff.err()).contains("profile:a does not offer content-policies");
    assertThat(diff.out())
        .doesNotContain("content-policies")
        .contains("; 1 kind of records is not compared");
    String backup = two.export(directory, "a");
    Ended same = two.run(directory, "diff", backup, backup);
    assertThat(same.out()).contains("no differences; 1 kind of records is not compared");
    assertThat(same.err()).contains("content-policies: not compared", "HTTP 403");

    JsonNode said = two.json(directory, 0, TwoAccounts.migrate("--mode", "mirror", "--yes"));
    assertThat(said.at("/unavailable/0/resource").asString()).isEqualTo(CONTENT);
    assertThat(two.b.account().count(CONTENT)).isEqualTo(9);
    assertThat(two.b.account().count("block_senders")).isEqualTo(7);
  }

  @Test
  void whatTheTargetLacksIsSkipped() throws Exception {
    two.b.account().lacks(CONTENT);
    JsonNode said = two.json(directory, 0, TwoAccounts.migrate());
    assertThat(Said.part(said, "content_policies").at("/counts/skipped").intValue()).isEqualTo(7);
    assertThat(two.b.account().count("block_senders")).isEqualTo(7);
    assertThat(
            two.json(directory, 5, TwoAccounts.migrate("-r", CONTENT)).at("/error/code").asString())
        .isEqualTo("unavailable_kind");
  }
}
