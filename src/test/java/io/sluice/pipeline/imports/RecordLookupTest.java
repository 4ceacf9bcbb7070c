package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.FAILED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Listing;
import io.sluice.plan.Mode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Few rows for a large account: asking for each comes to what reading all would come to. */
final class RecordLookupTest {
  private static final String LIST = "block_senders";
  private static final int LARGE = 20_000;

  /** The calls that reading all of them takes. */
  private static final long PAGES = LARGE / Listing.LARGEST_PAGE;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @BeforeEach
  void fill() {
    sandbox.account().seed(LIST, LARGE);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void deletesAreMeasuredByTheWholeAccount() throws IOException {
    IntStream.range(0, 15).forEach(i -> add("mine" + i + ".example", "x"));
    String rows =
        IntStream.range(0, 15)
            .mapToObj(i -> "mine" + i + ".example\n")
            .collect(Collectors.joining("", "pattern\n", ""));
    AtomicLong asked = new AtomicLong();
    ImportRig rig =
        rig()
            .mode(Mode.DELETE)
            .confirmedBy(
                plans -> {
                  asked.set(lists());
                  return Mono.just(true);
                });
    ImportResult result = rig.csv(rows);

    assertThat(rig.plans.get(0).accountRows()).isEqualTo(LARGE + 15);
    assertThat(asked).hasValueLessThan(PAGES);
    assertCounts(result, DELETED, 15);
  }

  @Test
  void aRecordThatIsFoundIsEnough() throws IOException {
    add("mine.example", "x");

    assertCounts(rig().csv("pattern,comments\nmine.example,y\n"), UPDATED, 1);
    assertThat(lists()).isLessThan(PAGES);
  }

  @Test
  void recordsWithoutIdsAreToldApart() throws IOException {
    sandbox
        .account()
        .load(
            LIST,
            List.of(
                json(
                    "{\"pattern\":\"one.example\",\"pattern_type\":\"DOMAIN\",\"comments\":\"a\"}"),
                json(
                    "{\"pattern\":\"two.example\",\"pattern_type\":\"DOMAIN\",\"comments\":\"a\"}")));
    ImportResult result = rig().csv("pattern,comments\none.example,b\ntwo.example,b\n");

    assertThat(sandbox.account().count(LIST)).isEqualTo(LARGE + 2);
    assertCounts(result, FAILED, 2);
    assertThat(lists()).isLessThan(PAGES);
  }

  @Test
  void anIdAndTheKeyOfAnotherSpelledOtherwiseDoNotMeet() throws IOException {
    String id = add("old.example", "x");
    add("New.Example", "x");
    ImportResult result =
        rig().jsonl("{\"id\":\"" + id + "\",\"pattern\":\"new.example\",\"comments\":\"y\"}\n");

    assertThat(sandbox.requestLog().writes()).isZero();
    assertCounts(result, FAILED, 1);
  }

  @Test
  void aSpellingThatIsThereTwiceIsNoGroundToDelete() throws IOException {
    add("twice.example", "x");
    add("Twice.Example", "x");
    ImportResult result = rig().mode(Mode.DELETE).csv("pattern\nTWICE.example\n");

    assertThat(sandbox.requestLog().writes()).isZero();
    assertCounts(result, FAILED, 1);
  }

  @Test
  void aQuestionThatIsRefusedIsAnsweredByTheListing() throws IOException {
    add("mine.example", "x");
    sandbox.faults().when(r -> !r.query("pattern").isEmpty()).then(Fault.html(414));

    assertCounts(rig().csv("pattern,comments\nmine.example,y\n"), UPDATED, 1);
  }

  @Test
  void anIdOfAnotherKindIsSimplyNotThere() throws IOException {
    add("mine.example", "x");
    sandbox.faults().when(r -> r.uri().endsWith("/4711")).then(Fault.status(400, 1004, "no UUID"));

    assertCounts(
        rig().jsonl("{\"id\":\"4711\",\"pattern\":\"mine.example\",\"comments\":\"y\"}\n"),
        UPDATED,
        1);
  }

  /** How often lists were asked for, whole or narrowed down to a key. */
  private long lists() {
    return sandbox.requestLog().count("GET /block_senders");
  }

  private String add(String pattern, String comments) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    String id = "id-" + pattern.replace('.', '-');
    record.put("id", id).put("pattern", pattern).put("pattern_type", "DOMAIN");
    sandbox.account().add(LIST, record.put("is_regex", false).put("comments", comments));
    return id;
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ImportRig rig() throws IOException {
    Path own = directory.resolve("run");
    Files.createDirectories(own);
    return new ImportRig(sandbox, own);
  }
}
