package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A directory of snapshots stands for the newest of them. */
@Tag("slow")
final class LatestSnapshotIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().account("one").account("two").start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void theNewestIsTakenWhereverASnapshotIs() throws Exception {
    String old = export("one", "backups");
    sandbox.account("one").seed("block_senders", 3);
    String newest = export("one", "backups");
    sandbox.account("one").seed("trusted_domains", 2);

    for (String name : new String[] {"backups", "backups/latest"}) {
      Ended verified = sluice("one").run("verify", name, "--json");
      assertThat(JSON.readTree(verified.out()).path("snapshot").stringValue()).isEqualTo(newest);
      Ended compared = sluice("one").run("diff", old, name, "--detailed-exitcode");
      assertThat(compared.exit()).describedAs(compared.err()).isEqualTo(8);
      assertThat(compared.err()).contains("the newest snapshot in backups is " + newest);
      Ended restored = sluice("two").run("restore", name, "--dry-run");
      assertThat(restored.exit()).describedAs(restored.err()).isZero();
      assertThat(restored.err()).contains("the newest snapshot in backups is " + newest);
    }
    Ended said = sluice("two").run("restore", "backups/latest", "--json");
    assertThat(said.exit()).describedAs(said.err()).isZero();
    assertThat(sandbox.account("two").records("block_senders")).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void whatCouldBeMeantIsNamedWhereItIsNotClear() throws Exception {
    String one = export("one", "backups");
    String two = export("two", "backups");
    Ended several = sluice("one").run("verify", "backups/latest");
    assertThat(several.exit()).isEqualTo(2);
    assertThat(several.err())
        .contains("backups holds snapshots of 2 accounts")
        .contains(one + " (one at ", two + " (two at ");

    Ended none = sluice("one").run("restore", "nowhere/latest", "--dry-run");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("there is no directory nowhere");
    Files.createDirectory(directory.resolve("empty"));
    assertThat(sluice("one").run("diff", "empty/latest", one).err())
        .contains("there is no complete snapshot in empty", "sluice export --to empty");
  }

  @Test
  void anOlderOneIsNotTakenInPlaceOfADamagedOne() throws Exception {
    String old = export("one", "backups");
    String damaged = export("one", "backups");
    Files.writeString(directory.resolve(damaged).resolve("manifest.json"), "{");

    Ended refused = sluice("one").run("restore", "backups/latest", "--dry-run");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            damaged + " is newer, and cannot be read", "the newest that can be read is " + old);
  }

  private String export(String account, String root) throws Exception {
    Ended export = sluice(account).run("export", "--to", root, "--json");
    assertThat(export.exit()).describedAs(export.err()).isZero();
    return JSON.readTree(export.out()).path("snapshot").stringValue();
  }

  private SluiceProcess sluice(String account) {
    return new SluiceProcess(directory)
        .against(sandbox)
        .with("CLOUDFLARE_ACCOUNT_ID", account)
        .withoutInput()
        .quick();
  }
}
