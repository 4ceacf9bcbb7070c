package io.sluice.cli;

import static io.sluice.cli.Said.error;
import static io.sluice.cli.TwoAccounts.migrate;
import static io.sluice.cli.TwoAccounts.restore;
import static io.sluice.cli.TwoAccounts.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Command lines that whole accounts are not written by: said before anything is asked. */
final class TransferUsageIT {
  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
    accounts.a.account().seed("block_senders", 30);
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Tag("slow")
  @Test
  void whatIsNoSnapshotIsNotRestored() throws Exception {
    String backup = accounts.export(directory, "a");
    Path manifest = directory.resolve(backup).resolve("manifest.json");
    String text = Files.readString(manifest);

    assertThat(error(uncalled(2, restore("nowhere", "b")))).contains("nowhere");
    Files.writeString(manifest, text.replaceFirst("(\"format_version\"\\s*:\\s*)1", "$199"));
    assertThat(error(uncalled(9, restore(backup, "b")))).contains("99");
    Files.write(manifest, text.substring(0, text.length() / 2).getBytes(UTF_8));
    uncalled(9, restore(backup, "b"));
    Files.delete(manifest);
    uncalled(9, restore(backup, "b"));
  }

  @Test
  void whatASnapshotLacksIsNotRestored() throws Exception {
    String backup = accounts.export(directory, "a", "-r", "block-senders");

    assertThat(error(uncalled(2, restore(backup, "b", "-r", "block-senders,domains"))))
        .contains("holds no domains")
        .contains("it holds block-senders");
    assertThat(error(uncalled(2, restore(backup, "b", "-r", "blocked")))).contains("blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mirror", "delete"})
  void nothingIsAskedWhereNobodyCanSayYes(String mode) throws Exception {
    String backup = accounts.export(directory, "a");

    assertThat(error(uncalled(2, restore(backup, "b", "--mode", mode)))).contains("--yes");
    assertThat(error(uncalled(2, migrate("--mode", mode)))).contains("--yes");
    Ended told = accounts.run(directory, migrate("--mode", mode));
    assertThat(told.exit()).isEqualTo(2);
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).contains("--yes");
    assertThat(directory.resolve("sluice-results")).doesNotExist();
  }

  @Test
  void anAccountIsNotMigratedIntoItself() throws Exception {
    Files.write(
        directory.resolve(TwoAccounts.CONFIG),
        List.of(
            "profiles:",
            TwoAccounts.profile("a", "of-a", accounts.a),
            TwoAccounts.profile("b", "of-a", accounts.a)));

    assertThat(error(uncalled(2, migrate()))).contains("a and b").contains("same account");
    assertThat(error(uncalled(2, "migrate", "--from", "a", "--to", "a"))).contains("same account");
  }

  @Tag("slow")
  @Test
  void wrongUsageIsToldBeforeAnythingIsAsked() throws Exception {
    String backup = accounts.export(directory, "a");

    for (String[] wrong :
        List.of(
            new String[] {"--max-deletes", "many"},
            new String[] {"--mode", "replace"},
            new String[] {"--strategy", "fast"},
            new String[] {"--resume"},
            new String[] {"--resume", "--dry-run", "--results", "r"})) {
      uncalled(2, restore(backup, "b", wrong));
      uncalled(2, migrate(wrong));
    }
    assertThat(error(uncalled(2, migrate("--profile", "a")))).contains("--profile");
    assertThat(error(uncalled(2, "migrate", "--from", "a", "--to", "c"))).contains("'c'");
    assertThat(directory.resolve("sluice-results")).doesNotExist();
  }

  @Tag("slow")
  @Test
  void usedResultsAreNotOverwritten() throws Exception {
    String backup = accounts.export(directory, "a");
    for (String[] command : List.of(restore(backup, "b"), migrate())) {
      String[] into = with(command, "--results", command[0]);
      accounts.json(directory, 0, into);
      Path report = directory.resolve(command[0]).resolve("block-senders").resolve("report.csv");
      String before = Files.readString(report);

      assertThat(error(uncalled(2, into))).contains("earlier run").contains("--resume");
      assertThat(Files.readString(report)).isEqualTo(before);
    }
  }

  /** Fails without a call; brings what was said. */
  private JsonNode uncalled(int exit, String... command) throws Exception {
    long calls = accounts.calls();
    JsonNode said = accounts.json(directory, exit, command);
    assertThat(accounts.calls()).describedAs(Arrays.toString(command)).isEqualTo(calls);
    return said;
  }
}
