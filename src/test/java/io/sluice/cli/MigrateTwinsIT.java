package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.pipeline.compare.Twins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two accounts of 20,000 records become the same in all that can travel, and stay so. */
@Tag("slow")
final class MigrateTwinsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
    new Twins().fill(accounts.a.account(), accounts.b.account());
  }

  private void addWhatCannotTravel() {
    ObjectNode unknown = JSON.createObjectNode().put("pattern", "odd").put("is_regex", false);
    accounts.a.account().add("block_senders", unknown.put("pattern_type", "UNKNOWN"));
    ObjectNode synced = JSON.createObjectNode().put("name", "Sy Nced").put("is_email_regex", false);
    synced.put("email", "synced@corp.example").put("provenance", "SNOOPY-OFFICE_365");
    accounts.a.account().add("impersonation_registry", synced);
    ObjectNode domain = JSON.createObjectNode().put("domain", "only-a.example");
    accounts.a.account().add("domains", domain.put("folder", "Inbox").put("transport", "t"));
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Test
  void aMirrorLeavesNoDifferenceAndNothingToDo() throws Exception {
    JsonNode before = summary(8, "profile:a", "profile:b");
    assertThat(count(before, "created")).isEqualTo(5_000);
    assertThat(count(before, "changed")).isEqualTo(1_000);
    assertThat(count(before, "deleted")).isEqualTo(5_000);
    assertThat(count(before, "cannot_travel")).isZero();

    addWhatCannotTravel();
    JsonNode first = migrate("first");
    assertThat(Said.sum(first, "counts", "created")).isEqualTo(5_000);
    assertThat(Said.sum(first, "counts", "updated")).isEqualTo(1_000);
    assertThat(Said.sum(first, "deletes", "deleted")).isEqualTo(5_000);
    assertThat(Said.sum(first, "counts", "skipped")).isEqualTo(3);
    assertAddsUp("first");

    JsonNode after = summary(0, "profile:b", "profile:a");
    assertThat(count(after, "created") + count(after, "changed") + count(after, "deleted"))
        .isZero();
    assertThat(count(after, "cannot_travel")).isEqualTo(3);
    Ended told = accounts.run(directory, "diff", "profile:b", "profile:a");
    assertThat(told.out())
        .contains("cannot travel: UNKNOWN odd  ")
        .contains("cannot travel: synced@corp.example Sy Nced  ")
        .contains("cannot travel: only-a.example  ");

    accounts.b.requestLog().reset();
    JsonNode second = migrate("second");
    assertThat(accounts.b.requestLog().writes()).isZero();
    assertThat(accounts.a.requestLog().writes()).isZero();
    assertThat(Said.sum(second, "counts", "unchanged")).isEqualTo(20_000);
    assertThat(skipped("second"))
        .containsOnlyKeys("UNKNOWN odd", "synced@corp.example Sy Nced", "only-a.example")
        .allSatisfy((key, reason) -> assertThat(reason).isNotEmpty());
    assertAddsUp("second");
  }

  private JsonNode migrate(String results) throws Exception {
    String[] mirror = {"--mode", "mirror", "--yes", "--max-deletes", "100%", "--results", results};
    return accounts.json(directory, 0, TwoAccounts.migrate(mirror));
  }

  /** What would have to happen for the first to become the second, in numbers. */
  private JsonNode summary(int exit, String first, String second) throws Exception {
    Ended diff = accounts.run(directory, "diff", first, second, "--json", "--detailed-exitcode");
    assertThat(diff.exit()).describedAs(diff.err()).isEqualTo(exit);
    List<String> lines = diff.out().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1)).get("summary");
  }

  private static int count(JsonNode summary, String kind) {
    return summary.get(kind).intValue();
  }

  private void assertAddsUp(String results) throws IOException {
    Map<String, Integer> rows =
        Map.of(
            "block-senders", 8_501,
            "allow-policies", 5_500,
            "trusted-domains", 3_600,
            "impersonation-registry", 1_901,
            "domains", 501);
    for (Map.Entry<String, Integer> part : rows.entrySet()) {
      files(results, part.getKey()).assertAddsUp(part.getValue());
    }
  }

  /** By key: why a record was skipped. */
  private Map<String, String> skipped(String results) throws IOException {
    Map<String, String> skipped = new TreeMap<>();
    for (String part : List.of("block-senders", "impersonation-registry", "domains")) {
      files(results, part)
          .report()
          .forEach(
              row -> {
                if (row.get("outcome").equals("skipped")) {
                  skipped.put(row.get("key"), row.get("message"));
                }
              });
    }
    return skipped;
  }

  private RunFiles files(String results, String part) {
    return new RunFiles(directory.resolve(results).resolve(part));
  }
}
