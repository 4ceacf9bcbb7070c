package io.sluice.pipeline.compare;

import static io.sluice.pipeline.compare.Difference.Kind.CANNOT_TRAVEL;
import static io.sluice.pipeline.compare.Difference.Kind.CHANGED;
import static io.sluice.pipeline.compare.Difference.Kind.CREATED;
import static io.sluice.pipeline.compare.Difference.Kind.DELETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.format.InputException;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.SnapshotFiles;
import io.sluice.plan.FieldChange;
import io.sluice.plan.RecordDiff;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.DamagedSnapshotException;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What differs is told, each thing once, and nothing else is. */
final class DiffTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox one = Sandbox.builder().account("one").start();
  private final Sandbox other = Sandbox.builder().account("other").seed(2).start();
  private DiffRig rig;

  @BeforeEach
  void begin() throws IOException {
    rig = new DiffRig(directory);
  }

  @AfterEach
  void stop() {
    rig.close();
    one.close();
    other.close();
  }

  @Test
  void whatDiffersIsFoundWhicheverWayItIsSpelled() throws IOException {
    Twins twins = new Twins();
    twins.fill(one.account(), other.account());

    List<ResourceDiff> results = rig.compare(rig.live(one), rig.live(other));

    assertThat(rig.of(CREATED)).hasSize(5_000);
    assertThat(rig.of(DELETED)).hasSize(5_000);
    assertThat(rig.of(CANNOT_TRAVEL)).isEmpty();
    Map<String, Set<String>> changed = new HashMap<>();
    rig.of(CHANGED)
        .forEach(each -> changed.put(each.resource().name() + " " + each.key(), fields(each)));
    assertThat(changed).hasSize(1_000).isEqualTo(twins.changed);
    assertThat(results.stream().mapToLong(ResourceDiff::alike).sum()).isEqualTo(14_000);
    assertThat(results.stream().mapToLong(ResourceDiff::before).sum()).isEqualTo(20_000);
    assertThat(results.stream().mapToLong(ResourceDiff::after).sum()).isEqualTo(20_000);
    assertThat(rig.warnings).isEmpty();
    assertThat(one.requestLog().writes() + other.requestLog().writes()).isZero();

    List<String> live = rig.told();
    rig.compare(rig.snapshot(one, RowFormat.JSONL), rig.live(other));
    assertThat(rig.told()).isEqualTo(live);
    rig.compare(rig.snapshot(one, RowFormat.CSV), rig.snapshot(other, RowFormat.JSONL));
    assertThat(rig.differences).hasSize(11_000);
  }

  @Test
  void anAccountDoesNotDifferFromItself() throws IOException {
    one.account().seedAwkward();
    one.account().seed(LIST, 3_000);
    Side live = rig.live(one);

    rig.compare(live, live);
    assertThat(rig.differences).isEmpty();
    rig.compare(rig.snapshot(one, RowFormat.JSONL), live);
    assertThat(rig.differences).isEmpty();
    rig.compare(live, rig.snapshot(one, RowFormat.CSV));
    assertThat(rig.differences).isEmpty();
  }

  @Test
  void whatNoRowOfAFileGivesIsReported() throws IOException {
    add(one, LIST, "{'pattern':'a.example','pattern_type':'DOMAIN','comments':'old'}");
    String rows = "pattern,is_regex\na.example,\nb.example,\n";

    rig.compare(rig.live(one), rig.file("rows.csv", LIST, rows), LIST);

    assertThat(lines()).contains("changed DOMAIN a.example {comments: \"old\" -> null}");
    assertThat(rig.warnings)
        .containsExactly(
            "no row of rows.csv gives comments: compared as empty or false, while an import of the"
                + " file leaves them as they are");

    rig.warnings.clear();
    rig.compare(
        rig.live(one),
        rig.file("rows.csv", LIST, "pattern,comments\na.example,\nb.example,x\n"),
        LIST);
    assertThat(rig.warnings).isEmpty();
  }

  @Test
  void aFileIsComparedWithAnAccount() throws IOException {
    add(one, LIST, "{'pattern':'a.example','pattern_type':'DOMAIN','comments':'old'}");
    add(one, LIST, "{'pattern':'gone.example','pattern_type':'DOMAIN','is_regex':false}");
    String rows = "Blocked Sender,Notes\nA.EXAMPLE,new\n198.51.100.7,\n";

    rig.compare(rig.live(one), rig.file("rows.csv", LIST, rows), LIST);

    assertThat(lines())
        .containsExactlyInAnyOrder(
            "changed DOMAIN a.example {comments: \"old\" -> \"new\"}",
            "created IP 198.51.100.7 {}",
            "deleted DOMAIN gone.example {}");

    rig.compare(rig.file("rows.csv", LIST, rows), rig.live(one), LIST);
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "changed DOMAIN A.EXAMPLE {comments: \"new\" -> \"old\"}",
            "deleted IP 198.51.100.7 {}",
            "created DOMAIN gone.example {}");
  }

  @Test
  void aFieldThatIsLeftOutCountsAsEmpty() throws IOException {
    String full = "{'pattern':'a.example','pattern_type':'DOMAIN','is_regex':true,'comments':'x'}";
    String bare = "{'pattern':'a.example','pattern_type':'DOMAIN'}";
    add(one, LIST, full);
    add(other, LIST, bare);

    rig.compare(rig.live(one), rig.live(other), LIST);
    assertThat(lines())
        .containsExactly(
            "changed DOMAIN a.example {is_regex: true -> false, comments: \"x\" -> null}");

    rig.compare(rig.live(other), rig.live(one), LIST);
    assertThat(lines())
        .containsExactly(
            "changed DOMAIN a.example {is_regex: null -> true, comments: null -> \"x\"}");
  }

  @Test
  void whatNobodyCanWriteIsListedApart() throws IOException {
    add(other, LIST, "{'pattern':'odd','pattern_type':'UNKNOWN','is_regex':false}");
    add(one, LIST, "{'pattern':'old','pattern_type':'UNKNOWN','is_regex':false}");
    add(one, "domains", "{'domain':'here.example'}");
    add(other, "domains", "{'domain':'there.example'}");
    String person = "{'name':'Ann','email':'ann@a.example','provenance':'SNOOPY-OFFICE_365'}";
    add(other, "impersonation_registry", person);
    add(one, "impersonation_registry", person.replace("Ann", "Bob"));

    List<ResourceDiff> results = rig.compare(rig.live(one), rig.live(other));

    assertThat(rig.differences)
        .extracting(each -> each.key() + " " + code(each))
        .containsExactlyInAnyOrder(
            "UNKNOWN odd not_writable",
            "UNKNOWN old not_writable",
            "here.example would_unprotect",
            "there.example not_onboarded",
            "ann@a.example Ann not_writable",
            "ann@a.example Bob directory_synced");
    assertThat(results).allMatch(result -> result.differences() == 0);
  }

  @Test
  void whatCanBeChangedIsToldBesideWhatCannot() throws IOException {
    add(one, "domains", "{'domain':'a.example','require_tls_inbound':true,'folder':'Inbox'}");
    add(other, "domains", "{'domain':'a.example','require_tls_inbound':null,'folder':'AllItems'}");

    rig.compare(rig.live(one), rig.live(other), "domains");

    assertThat(lines())
        .containsExactly(
            "changed a.example {folder: \"Inbox\" -> \"AllItems\"}",
            "cannot_travel a.example {require_tls_inbound: true -> null}");
  }

  @Test
  void recordsOfOneKeyArePairedInTheirOrder() throws IOException {
    for (String comments : List.of("first", "second", "third")) {
      add(
          one,
          LIST,
          "{'pattern':'a.example','pattern_type':'DOMAIN','comments':'" + comments + "'}");
    }
    add(other, LIST, "{'pattern':'A.example','pattern_type':'DOMAIN','comments':'third'}");
    add(other, LIST, "{'pattern':'a.example','pattern_type':'DOMAIN','comments':'first'}");

    rig.compare(rig.live(one), rig.live(other), LIST);
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "changed DOMAIN a.example {comments: \"second\" -> \"third\"}",
            "deleted DOMAIN a.example {}");
  }

  @Test
  void whatOneSideLacksIsLeftOutWithAWarningUnlessItWasAskedFor() throws IOException {
    Side part = rig.snapshot(one, RowFormat.JSONL, "domains", LIST);

    rig.compare(part, rig.live(other));

    assertThat(rig.warnings).hasSize(6).allMatch(text -> text.contains("only in profile:live"));
    assertThatThrownBy(() -> rig.compare(part, rig.live(other), "allow_policies"))
        .isInstanceOf(UsageException.class)
        .hasMessage("snapshot holds no allow-policies");
  }

  @Test
  void aDamagedSnapshotIsNotCompared() throws IOException {
    one.account().seed(LIST, 10);
    Snapshot snapshot = rig.snapshotOf(one, RowFormat.CSV);
    Path file = snapshot.directory().resolve("block-senders.csv.gz");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> rig.compare(rig.live(other), Side.snapshot("s", snapshot)))
        .hasRootCauseInstanceOf(DamagedSnapshotException.class);
    rig.compare(rig.live(one), Side.snapshot("s", snapshot), "domains");
    assertThat(rig.differences).isEmpty();
  }

  @Test
  void aKindThatIsNotKnownIsNamed() throws IOException {
    Path later =
        SnapshotFiles.begin(directory, "2026-11-20")
            .with("domains", List.of())
            .with("quarantine-rules", List.of("{\"id\":\"1\"}"))
            .end();
    Side side = Side.snapshot("s", Snapshot.open(later));
    rig.compare(side, side);
    assertThat(rig.warnings)
        .containsExactly(
            "quarantine-rules is not known to this version of Sluice: not compared; update Sluice");
    rig.compare(side, side, "domains");
    assertThat(rig.warnings).isEmpty();
  }

  @Test
  void aListThatNeverRestsIsWarnedOf() throws IOException {
    other.faults().onList(LIST).then(Fault.totalOffBy(3));

    rig.compare(rig.snapshot(other, RowFormat.JSONL), rig.live(other), LIST);

    assertThat(rig.warnings)
        .hasSize(2)
        .allMatch(text -> text.contains("kept changing") && text.contains("block-senders"));
  }

  @Test
  void aRowThatCannotBeUnderstoodEndsTheComparison() throws IOException {
    Side rows = rig.file("rows.csv", LIST, "pattern,is_regex\na.example,perhaps\n");

    assertThatThrownBy(() -> rig.compare(rig.live(one), rows, LIST))
        .hasRootCauseInstanceOf(InputException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aComparisonCanBeStopped() {
    rig.stop.stop();

    assertThatThrownBy(() -> rig.compare(rig.live(one), rig.live(other)))
        .isInstanceOf(StopSignal.StoppedException.class);
  }

  private static void add(Sandbox sandbox, String resource, String record) {
    sandbox.account().add(resource, (ObjectNode) JSON.readTree(record.replace('\'', '"')));
  }

  private List<String> lines() {
    return rig.differences.stream()
        .map(
            each ->
                each.kind().label()
                    + " "
                    + each.key()
                    + changes(each).stream()
                        .map(one -> one.field() + ": " + one.before() + " -> " + one.after())
                        .collect(Collectors.joining(", ", " {", "}")))
        .toList();
  }

  private static Set<String> fields(Difference difference) {
    return changes(difference).stream().map(FieldChange::field).collect(Collectors.toSet());
  }

  private static List<FieldChange> changes(Difference difference) {
    if (difference.diff() instanceof RecordDiff.Changed changed) {
      return changed.changes();
    }
    return difference.diff() instanceof RecordDiff.Bound bound ? bound.changes() : List.of();
  }

  private static String code(Difference difference) {
    return difference.diff() instanceof RecordDiff.Bound bound ? bound.code() : "";
  }
}
