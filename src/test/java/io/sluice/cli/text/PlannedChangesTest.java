package io.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Captured;
import io.sluice.cli.run.Confirming;
import io.sluice.plan.AccountRecord;
import io.sluice.plan.FieldChange;
import io.sluice.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class PlannedChangesTest {
  private static final JsonNodeFactory NODES = JsonMapper.builder().build().getNodeFactory();

  private final Captured captured = new Captured();

  private static Step create() {
    ObjectNode body = NODES.objectNode();
    return new Step.Create(body.put("comments", "made"));
  }

  private static Step edit() {
    FieldChange first = new FieldChange("comments", null, NODES.stringNode("b\u202e"));
    FieldChange second =
        new FieldChange("is_regex", NODES.booleanNode(false), NODES.booleanNode(true));
    return new Step.Edit(held("e-1"), List.of(first, second), NODES.objectNode());
  }

  private static Step delete(String id) {
    return new Step.Delete(held(id), NODES.objectNode().put("comments", "gone"));
  }

  private static AccountRecord held(String id) {
    ObjectNode fields = NODES.objectNode();
    fields.put("id", id);
    return new AccountRecord(0, id, fields);
  }

  @Test
  void aDryRunShowsEveryChangeOnItsLine() {
    PlannedChanges changes = new PlannedChanges(captured.console(), true);
    changes.add(2, "DOMAIN a.example", create());
    changes.add(3, "IP 192.0.2.1", edit());
    changes.add(0, "DOMAIN gone.example", delete("d-1"));

    assertThat(captured.out())
        .containsExactly(
            "+ create  line 2  DOMAIN a.example",
            "~ update  line 3  IP 192.0.2.1"
                + "  comments: (none) -> \"b\\u202e\", is_regex: false -> true",
            "- delete  DOMAIN gone.example");
  }

  @Test
  void keysCannotSteerTheTerminal() {
    new PlannedChanges(captured.console(), true).add(2, "EMAIL \u001b[2J\u202ea@b.c", create());

    assertThat(captured.out()).containsExactly("+ create  line 2  EMAIL \\u001b[2J\\u202ea@b.c");
  }

  @Test
  void scriptsGetThemInTheSummary() {
    captured.options.json.set(true);
    PlannedChanges changes = new PlannedChanges(captured.console(), true);
    changes.add(3, "IP 192.0.2.1", edit());
    changes.add(0, "DOMAIN gone.example", delete("d-1"));
    changes.add(4, "DOMAIN a.example", create());

    assertThat(captured.out()).isEmpty();
    assertThat(changes.listed().get(0).at("/fields/is_regex/after").booleanValue()).isTrue();
    assertThat(changes.listed().get(0).at("/fields/comments/before").isNull()).isTrue();
    assertThat(changes.listed().get(1).get("id").stringValue()).isEqualTo("d-1");
    assertThat(changes.listed().get(1).has("line")).isFalse();
    assertThat(changes.listed().get(1).at("/fields/comments/before").asString()).isEqualTo("gone");
    assertThat(changes.listed().get(1).at("/fields/comments/after").isNull()).isTrue();
    assertThat(changes.listed().get(2).at("/fields/comments/after").asString()).isEqualTo("made");
  }

  @Test
  void ofARealRunOnlyTheFirstDeletesAreKept() {
    PlannedChanges changes = new PlannedChanges(captured.console(), false);
    changes.add(2, "DOMAIN a.example", create());
    for (int i = 0; i < 9; i++) {
      changes.add(0, "DOMAIN d" + i + ".example", delete("d-" + i));
    }

    assertThat(captured.out()).isEmpty();
    assertThat(changes.firstDeletes()).hasSize(5).startsWith("DOMAIN d0.example");
  }

  @Test
  void whoeverConfirmsSeesWhatIsDeleted() {
    List<String> question =
        Confirming.question(1400, 1402, List.of("IP \u001b[0m", "IP 192.0.2.1"));

    assertThat(question)
        .containsExactly(
            "To be deleted: 1,400 of the account's 1,402 records",
            "  IP \\u001b[0m",
            "  IP 192.0.2.1",
            "  and 1,398 more; --dry-run shows them all");
  }
}
