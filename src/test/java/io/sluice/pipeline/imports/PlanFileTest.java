package io.sluice.pipeline.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.results.RowNotes;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plan is read from its file as it was made. */
class PlanFileTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Property(tries = 200)
  void nothingIsLostOnTheDisk(
      @ForAll("planned") List<PlannedRow> rows, @ForAll("planned") List<PlannedRow> unnamed)
      throws IOException {
    Path scratch = Files.createTempDirectory("plan");
    try (PlanFile.Writer writer = new PlanFile.Writer(scratch)) {
      add(writer, rows);
      writer.endRows();
      add(writer, unnamed);
      try (PlanFile plan = writer.finish()) {
        assertThat(all(plan.rows())).isEqualTo(rows);
        assertThat(all(plan.unnamed())).isEqualTo(unnamed);
        assertThat(all(plan.rows())).describedAs("a second time").isEqualTo(rows);
      }
    }
    try (var left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
    Files.delete(scratch);
  }

  private static void add(PlanFile.Writer writer, List<PlannedRow> rows) throws IOException {
    for (PlannedRow row : rows) {
      writer.add(row);
    }
  }

  private static List<PlannedRow> all(PlannedRow.Rows rows) throws IOException {
    List<PlannedRow> all = new ArrayList<>();
    for (PlannedRow row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  @Provide
  Arbitrary<List<PlannedRow>> planned() {
    Arbitrary<PlannedRow> kept =
        Combinators.combine(numbers(), Arbitraries.of(Outcome.class), notes())
            .as(PlannedRow.Kept::new);
    Arbitrary<PlannedRow> settled =
        Combinators.combine(results(), Arbitraries.of(true, false), notes())
            .as(PlannedRow.Settled::new);
    Arbitrary<PlannedRow> pending =
        Combinators.combine(changes(), notes()).as(PlannedRow.Pending::new);
    return Arbitraries.oneOf(kept, settled, pending).list().ofMaxSize(20);
  }

  private static Arbitrary<RowResult> results() {
    return Combinators.combine(
            numbers(),
            Arbitraries.of(Outcome.class),
            Arbitraries.of(Action.class),
            texts(),
            texts(),
            Arbitraries.integers().between(0, 599),
            Arbitraries.of(true, false),
            numbers())
        .as(
            (number, outcome, action, text, other, status, retryable, millis) ->
                new RowResult(
                    number,
                    number + 1,
                    outcome,
                    action,
                    text,
                    given(other),
                    status,
                    other,
                    text,
                    other,
                    status / 2,
                    retryable,
                    millis,
                    text));
  }

  private static Arbitrary<Change> changes() {
    return Combinators.combine(
            numbers(),
            texts(),
            Arbitraries.of(Action.class),
            Arbitraries.of(Outcome.class),
            records(),
            records(),
            Arbitraries.of(true, false))
        .as(
            (number, text, action, outcome, said, body, alike) ->
                new Change(
                    number,
                    number + 1,
                    given(text),
                    action,
                    outcome,
                    text,
                    alike ? said : body,
                    said));
  }

  private static Arbitrary<ObjectNode> records() {
    Arbitrary<JsonNode> values =
        Arbitraries.oneOf(
            texts().map(text -> text == null ? NODES.nullNode() : NODES.stringNode(text)),
            Arbitraries.integers().map(NODES::numberNode),
            Arbitraries.longs().greaterOrEqual(1L << 40).map(NODES::numberNode),
            Arbitraries.of(BigInteger.ONE.shiftLeft(70), BigInteger.TEN.pow(40).negate())
                .map(NODES::numberNode),
            Arbitraries.of("0.1", "1.50", "-3E+400", "12345678901234567890.123")
                .map(text -> NODES.numberNode(new BigDecimal(text))),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            texts().list().ofMaxSize(3).map(PlanFileTest::array));
    return values
        .list()
        .ofMaxSize(5)
        .map(
            all -> {
              ObjectNode record = NODES.objectNode();
              for (int i = 0; i < all.size(); i++) {
                record.set("field " + i, all.get(i));
              }
              return record;
            });
  }

  private static JsonNode array(List<@Nullable String> texts) {
    var array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static Arbitrary<RowNotes> notes() {
    return Combinators.combine(texts(), texts())
        .as(
            (rewritten, remedy) ->
                rewritten == null && remedy == null
                    ? RowNotes.NONE
                    : new RowNotes(rewritten, remedy));
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.longs().between(0, 1L << 50);
  }

  /** Half surrogate pairs and control characters included. */
  private static Arbitrary<@Nullable String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20),
            Arbitraries.of("", "\ud800", "x\udc00\u0001", "\u00e9\u0130", "\"\\\n"))
        .injectNull(0.2);
  }

  private static String given(@Nullable String text) {
    return text == null ? "" : text;
  }
}
