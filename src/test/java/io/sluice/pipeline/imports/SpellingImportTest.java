package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.INVALID;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Mode;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Names that look alike, or not at all: which of them are one record of the account. */
final class SpellingImportTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aSharpSIsNoDoubleS() throws IOException {
    add("straße.example");

    assertCounts(run("delete").mode(Mode.DELETE).csv("pattern\nstrasse.example\n"), SKIPPED, 1);
    assertCounts(run("import").csv("pattern\nstrasse.example\n"), CREATED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(2);
  }

  @Test
  void bothMayStandInOneFile() throws IOException {
    ImportRig rig = run("both");

    assertCounts(rig.csv("pattern\nstraße.example\nstrasse.example\n"), CREATED, 2);
    assertThat(rig.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20_000})
  void anALabelAndItsULabelAreOneName(int others) throws IOException {
    sandbox.account().seed(LIST, others);
    add("straße.example");
    add("xn--bcher-kva.example");
    String rows = "pattern\nxn--strae-oqa.example\nBÜCHER.example\n";

    assertCounts(run("import").csv(rows), UNCHANGED, 2);
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void anUnseenCharacterOfTheAccountMakesAnotherName() throws IOException {
    add("zw\u200B2.example");

    assertCounts(run("import").csv("pattern\nzw2.example\n"), CREATED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(2);
  }

  @Test
  void aRowWithAnUnseenCharacterIsInvalidAndItsCorrectedTwinIsNot() throws IOException {
    ImportRig rig = run("import").skipInvalid();

    assertCounts(rig.csv("pattern\nzw\u200B2.example\nzw2.example\n"), CREATED, 1, INVALID, 1);
    assertThat(rig.faults)
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.reason())
                    .isEqualTo(
                        "invalid domain: U+200B (zero width space) at position 3"
                            + " cannot be seen: remove it"));
  }

  @Test
  void aPersonWhoseAccentIsACharacterOfItsOwnIsTheSamePerson() throws IOException {
    String rows = "name,email\nZo\u00EB Lind,zoe@corp.example\n";
    assertCounts(run("first").of("impersonation_registry").csv(rows), CREATED, 1);

    String decomposed = rows.replace("\u00EB", "e\u0308");
    assertCounts(run("second").of("impersonation_registry").csv(decomposed), UNCHANGED, 1);
  }

  private void add(String pattern) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("id", "id-" + pattern.hashCode()).put("pattern", pattern);
    record.put("pattern_type", "DOMAIN").put("is_regex", false);
    sandbox.account().add(LIST, record);
  }

  private ImportRig run(String name) throws IOException {
    return new ImportRig(sandbox, Files.createDirectories(directory.resolve(name)));
  }
}
