package io.sluice.pipeline.insight.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.pipeline.insight.RecordName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The log is what the published schema of SARIF 2.1.0 asks for: its required properties, its values
 * and its types, written down here for the objects that are used, and no property that it does not
 * know.
 */
final class SarifTest {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final JsonNode log = Sarif.log(result(), "backups/2026 11/latest", "1.2.3");
  private final JsonNode run = log.at("/runs/0");

  @Test
  void theLogHasItsVersionAndItsSchema() {
    assertProperties(log, Set.of("version", "runs"), Set.of("$schema", "version", "runs"));
    assertThat(log.get("$schema").stringValue()).isEqualTo(SCHEMA);
    assertThat(log.get("version").stringValue()).isEqualTo("2.1.0");
    assertThat(log.get("runs").isArray()).isTrue();
  }

  @Test
  void theRunNamesItsToolAndEveryRuleOnce() {
    assertProperties(run, Set.of("tool"), Set.of("tool", "results", "columnKind", "invocations"));
    assertThat(run.get("columnKind").stringValue()).isIn("utf16CodeUnits", "unicodeCodePoints");
    JsonNode driver = run.at("/tool/driver");
    assertProperties(driver, Set.of("name"), Set.of("name", "version", "rules"));
    List<String> ids = new ArrayList<>();
    for (JsonNode rule : driver.get("rules")) {
      assertProperties(
          rule, Set.of("id"), Set.of("id", "shortDescription", "help", "defaultConfiguration"));
      assertMessage(rule.get("shortDescription"));
      assertMessage(rule.get("help"));
      assertLevel(rule.at("/defaultConfiguration/level"));
      ids.add(rule.get("id").stringValue());
    }
    assertThat(ids).isEqualTo(LintRule.ids()).doesNotHaveDuplicates();
  }

  @Test
  void eachResultNamesItsRuleItsLevelAndItsPlaces() {
    assertThat(run.get("results")).hasSize(LintRule.values().length);
    for (JsonNode result : run.get("results")) {
      assertProperties(
          result,
          Set.of("message"),
          Set.of(
              "ruleId",
              "ruleIndex",
              "level",
              "message",
              "locations",
              "relatedLocations",
              "partialFingerprints"));
      int index = result.get("ruleIndex").intValue();
      assertThat(run.at("/tool/driver/rules/" + index + "/id")).isEqualTo(result.get("ruleId"));
      assertLevel(result.get("level"));
      assertMessage(result.get("message"));
      assertThat(result.get("locations")).isNotEmpty();
      result.get("locations").forEach(SarifTest::assertLocation);
      result.path("relatedLocations").forEach(SarifTest::assertLocation);
      assertThat(result.get("partialFingerprints")).allMatch(JsonNode::isString).isNotEmpty();
    }
  }

  @Test
  void whatWasNotLookedAtIsANotification() {
    JsonNode invocation = run.at("/invocations/0");
    assertProperties(
        invocation,
        Set.of("executionSuccessful"),
        Set.of("executionSuccessful", "toolExecutionNotifications"));
    JsonNode note = invocation.at("/toolExecutionNotifications/0");
    assertProperties(note, Set.of("message"), Set.of("message", "level"));
    assertThat(note.at("/message/text").stringValue()).isEqualTo("not looked at");
  }

  private static void assertLocation(JsonNode location) {
    assertProperties(location, Set.of(), Set.of("physicalLocation", "logicalLocations"));
    JsonNode place = location.get("physicalLocation");
    assertProperties(place, Set.of("artifactLocation"), Set.of("artifactLocation", "region"));
    String uri = place.at("/artifactLocation/uri").stringValue();
    assertThat(URI.create(uri).toString()).isEqualTo("backups/2026%2011/latest/block-senders");
    assertThat(place.at("/region/startLine").intValue()).isPositive();
    for (JsonNode logical : location.get("logicalLocations")) {
      assertProperties(logical, Set.of(), Set.of("name", "fullyQualifiedName", "properties"));
    }
  }

  private static void assertMessage(JsonNode message) {
    assertProperties(message, Set.of("text"), Set.of("text"));
    assertThat(message.get("text").stringValue()).isNotBlank();
  }

  private static void assertLevel(JsonNode level) {
    assertThat(level.stringValue()).isIn("none", "note", "warning", "error");
  }

  private static void assertProperties(JsonNode node, Set<String> required, Set<String> known) {
    assertThat(node.isObject()).isTrue();
    Set<String> names = new TreeSet<>(node.propertyNames());
    assertThat(names).containsAll(required);
    assertThat(known).containsAll(names);
  }

  private static LintResult result() {
    RecordName one = new RecordName(Catalog.get("block-senders"), "7", "DOMAIN a.test");
    RecordName other = new RecordName(Catalog.get("block-senders"), "", "DOMAIN b.test");
    List<Finding> findings =
        Arrays.stream(LintRule.values())
            .map(rule -> new Finding(rule, List.of(one, other), "message", "advice"))
            .toList();
    return new LintResult(findings, Map.of(), 2, 0, List.of("not looked at"));
  }
}
