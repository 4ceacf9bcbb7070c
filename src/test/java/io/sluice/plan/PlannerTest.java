package io.sluice.plan;

import static io.sluice.plan.PlanRig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Fault;
import io.sluice.catalog.Validation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a row does to an account, mode by mode. */
final class PlannerTest {
  private static final String BLOCKED =
      "{'id':'b','pattern':'a.example','pattern_type':'DOMAIN','is_regex':false,'comments':'old'}";
  private static final String SYNCED =
      "{'id':'s','email':'a@b.example','name':'A','provenance':'SNOOPY-GOOGLE_DIRECTORY'}";
  private static final String DOMAIN =
      "{'id':'d','domain':'a.example','folder':'Inbox','require_tls_inbound':true}";

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE | a.example | SKIPPED exists b",
        "CREATE | new.example | create",
        "UPSERT | a.example | edit b {'comments':'new'}",
        "UPSERT | new.example | create",
        "UPDATE | A.EXAMPLE | edit b {'comments':'new'}",
        "UPDATE | new.example | FAILED not_found null",
        "MIRROR | a.example | edit b {'comments':'new'}",
        "MIRROR | new.example | create",
        "DELETE | a.example | delete b",
        "DELETE | new.example | SKIPPED not_found null",
      })
  void eachModeDoesItsPart(Mode mode, String pattern, String expected) throws IOException {
    String row =
        "{'pattern':'" + pattern + "','pattern_type':'DOMAIN','is_regex':false,'comments':'new'}";
    assertThat(told("block_senders", mode, BLOCKED, row)).startsWith(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"UPSERT", "UPDATE", "MIRROR"})
  void whatIsHeldIsUnchanged(Mode mode) throws IOException {
    assertThat(told("block_senders", mode, BLOCKED, "{'pattern':'A.example'}"))
        .isEqualTo("UNCHANGED null b");
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UPSERT | {'domain':'a.example','folder':'allitems'} | edit d {'folder':'AllItems'}",
        "UPSERT | {'domain':'new.example'} | SKIPPED not_onboarded null",
        "CREATE | {'domain':'new.example'} | SKIPPED not_onboarded null",
        "UPDATE | {'domain':'new.example'} | FAILED not_found null",
        "DELETE | {'domain':'a.example'} | SKIPPED would_unprotect d",
      })
  void domainsAreChangedOnly(Mode mode, String row, String expected) throws IOException {
    assertThat(told("domains", mode, DOMAIN, row)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPSERT | {'id':'s'} | UNCHANGED null s",
        "UPSERT | {'id':'s','comments':'x'} | SKIPPED directory_synced s",
        "UPDATE | {'email':'a@b.example','name':'a','comments':'x'} | SKIPPED directory_synced s",
        "DELETE | {'id':'s'} | SKIPPED directory_synced s",
        "CREATE | {'id':'s'} | SKIPPED exists s",
      })
  void whatADirectoryKeepsIsLeftAlone(Mode mode, String row, String expected) throws IOException {
    assertThat(told("impersonation_registry", mode, SYNCED, row)).isEqualTo(expected);
  }

  @Test
  void aRecordWithoutAnIdCannotBeWritten() throws IOException {
    String held = BLOCKED.replace("'id':'b',", "");
    String row = "{'pattern':'a.example','comments':'new'}";

    assertThat(told("block_senders", Mode.UPSERT, held, row)).isEqualTo("FAILED no_id null");
    assertThat(told("block_senders", Mode.DELETE, held, row)).isEqualTo("FAILED no_id null");
  }

  @Test
  void aNewRecordIsSentWithWhatCanBeWrittenAlone() throws IOException {
    String row =
        "{'x':1,'id':'old','created_at':'2020','pattern':'A@b.example','pattern_type':'email',"
            + "'is_sender':true,'is_recipient':false,'is_spoof':false,'is_acceptable_sender':true,"
            + "'verify_sender':true,'comments':null}";

    assertThat(told("allow_policies", Mode.UPSERT, "{}", row))
        .isEqualTo(
            "create {'pattern':'A@b.example','pattern_type':'EMAIL','is_trusted_sender':true,"
                + "'is_exempt_recipient':false,'is_acceptable_sender':true,'verify_sender':true,"
                + "'comments':null,'is_regex':false}");
  }

  @Test
  void whatIsBoundToAnAccountIsSentToThatOneOnly() throws IOException {
    String row = "{'email':'a@b.example','name':'A','is_email_regex':false,'directory_id':5}";
    try (PlanRig rig = new PlanRig("impersonation_registry")) {
      AccountIndex index = rig.holding();
      assertThat(told(rig.plan(Mode.UPSERT, Origin.OTHER_ACCOUNT, index, json(row))))
          .doesNotContain("directory_id");
      assertThat(told(rig.plan(Mode.UPSERT, Origin.UNKNOWN, index, json(row))))
          .contains("'directory_id':5");
    }
  }

  @Test
  void aRowThatTurnsOutToBeNewMustBeWhole() throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      Step.Nothing nothing =
          (Step.Nothing) rig.plan(Mode.UPSERT, rig.holding(), "{'id':'x','pattern':'a.example'}");

      assertThat(nothing.why()).isEqualTo(Step.Nothing.Why.INVALID);
      assertThat(nothing.faults())
          .extracting(Fault::field)
          .containsExactly("is_recent", "is_similarity");
    }
  }

  @Test
  void whatCannotBeToldFailsWithTheIds() throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      AccountIndex index =
          rig.holding("{'id':'x','pattern':'a.example'}", "{'id':'y','pattern':'A.example'}");

      Step.Nothing nothing = (Step.Nothing) rig.plan(Mode.DELETE, index, "{'pattern':'a.EXAMPLE'}");

      assertThat(nothing.why()).isEqualTo(Step.Nothing.Why.FAILED);
      assertThat(nothing.code()).isEqualTo("several_match");
      assertThat(nothing.message()).contains("x, y");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'d','require_tls_inbound':null} | SKIPPED null_not_writable d",
        "{'id':'d','require_tls_inbound':null,'folder':'AllItems'} | SKIPPED null_not_writable d",
        "{'id':'d','require_tls_outbound':null} | UNCHANGED null d",
        "{'id':'d','require_tls_outbound':null,'folder':'AllItems'} | edit d {'folder':'AllItems'}",
        "{'id':'d','lookback_hops':0,'require_tls_outbound':null} | INVALID null d",
        "{'id':'9','domain':'new.example','require_tls_inbound':null} | SKIPPED not_onboarded null",
      })
  void aNullThatCannotBeSentMattersWhereThereIsAValue(String row, String expected)
      throws IOException {
    assertThat(told("domains", Mode.UPSERT, DOMAIN, row)).isEqualTo(expected);
  }

  @Test
  void whatIsNotChangedForANullIsNamed() throws IOException {
    String row = "{'id':'d','require_tls_inbound':null,'folder':'AllItems'}";
    try (PlanRig rig = new PlanRig("domains")) {
      assertThat(rig.plan(Mode.UPSERT, rig.holding(DOMAIN), row))
          .isInstanceOfSatisfying(
              Step.Nothing.class,
              nothing ->
                  assertThat(nothing.message())
                      .isEqualTo(
                          "require_tls_inbound: the row says null, which can be read but never"
                              + " sent; not changed without it: folder"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'u','pattern':'a','pattern_type':'UNKNOWN'} | UNCHANGED null u",
        "{'id':'u','pattern':'a','pattern_type':'unknown'} | UNCHANGED null u",
        "{'id':'u','pattern':'a','pattern_type':'UNKNOWN','comments':'x'} | SKIPPED not_writable u",
        "{'id':'v','pattern':'new','pattern_type':'UNKNOWN'} | SKIPPED not_writable null",
        "{'id':'u','pattern_type':'UNKNOWN','is_regex':'x'} | INVALID null u",
        "{'id':'w','pattern':'new','pattern_type':'UNKNOWN','is_regex':5} | INVALID null null",
      })
  void whatNobodyMayWriteIsHeldOrSkipped(String row, String expected) throws IOException {
    String held = "{'id':'u','pattern':'a','pattern_type':'UNKNOWN','is_regex':false}";
    assertThat(told("block_senders", Mode.UPSERT, held, row)).isEqualTo(expected);
  }

  @Test
  void aPersonOfADirectoryIsHeldOrSkipped() throws IOException {
    assertThat(told("impersonation_registry", Mode.MIRROR, SYNCED, SYNCED))
        .isEqualTo("UNCHANGED null s");
    assertThat(told("impersonation_registry", Mode.MIRROR, "{}", SYNCED))
        .isEqualTo("SKIPPED not_writable null");
  }

  @Test
  void aRowWithFaultsIsRightWhereExactlyThisIsHeld() throws IOException {
    String held = "{'id':'b','pattern':'not a domain','pattern_type':'DOMAIN'}";

    assertThat(told("block_senders", Mode.UPDATE, held, held)).isEqualTo("UNCHANGED null b");
    assertThat(told("block_senders", Mode.UPDATE, held, held.replace("}", ",'comments':'x'}")))
        .isEqualTo("INVALID null b");
    assertThat(told("block_senders", Mode.DELETE, held, held)).isEqualTo("delete b");
  }

  @Test
  void aSecondRowOfARecordRepeatsOrContradicts() throws IOException {
    assertThat(
            all(
                Mode.UPSERT,
                "{'id':'b','comments':'new'}",
                "{'pattern':'A.example','comments':'new'}",
                "{'pattern':'a.example','comments':'newer'}"))
        .containsExactly("edit b {'comments':'new'}", "SKIPPED repeats b", "FAILED same_record b");
  }

  @Test
  void aSecondRowOfANewKeyRepeatsOrContradicts() throws IOException {
    String row = "{'id':'1','pattern':'new.example','pattern_type':'DOMAIN','is_regex':false}";
    assertThat(
            all(
                Mode.MIRROR,
                row,
                row.replace("'1'", "'2'"),
                row.replace("new", "NEW").replace("'1'", "'3'"),
                row.replace("}", ",'comments':'x'}").replace("'1'", "'4'"),
                row.replace("new", "other")))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("create "),
            again -> assertThat(again).isEqualTo("SKIPPED repeats null"),
            spelled -> assertThat(spelled).isEqualTo("SKIPPED repeats null"),
            otherwise -> assertThat(otherwise).isEqualTo("FAILED same_record null"),
            sameId -> assertThat(sameId).isEqualTo("FAILED same_record null"));
  }

  @Test
  void anExpressionAndAPatternThatReadTheSameAreOneRecord() throws IOException {
    String plain = "{'id':'1','pattern':'new.example','pattern_type':'DOMAIN','is_regex':false}";
    String regex = plain.replace("'1'", "'2'").replace("false", "true");

    assertThat(all(Mode.UPSERT, plain, regex).get(1)).isEqualTo("FAILED same_record null");
    assertThat(all(Mode.UPSERT, regex, plain).get(1)).isEqualTo("FAILED same_record null");
  }

  @Test
  void aRenameTakesItsNewKey() throws IOException {
    String renamed = "{'id':'b','pattern':'new.example'}";
    String made = "{'pattern':'new.example','pattern_type':'DOMAIN','is_regex':false}";

    assertThat(all(Mode.UPSERT, renamed, made))
        .containsExactly("edit b {'pattern':'new.example'}", "FAILED same_record null");
    assertThat(all(Mode.UPSERT, made, renamed).get(1)).isEqualTo("FAILED same_record b");
  }

  @Test
  void recordsThatOnlySpellingTellsApartAreNotOne() throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      Planner planner =
          rig.planner(
              Mode.UPSERT,
              Origin.THIS_ACCOUNT,
              rig.holding("{'id':'x','pattern':'a.example'}", "{'id':'y','pattern':'A.example'}"));

      assertThat(told(planner.plan(json("{'id':'x','pattern':'a.example'}"), List.of())))
          .isEqualTo("UNCHANGED null x");
      assertThat(told(planner.plan(json("{'id':'y','pattern':'A.example'}"), List.of())))
          .isEqualTo("UNCHANGED null y");
    }
  }

  @Test
  void aRecordIsDeletedOnce() throws IOException {
    assertThat(all(Mode.DELETE, "{'id':'b'}", "{'pattern':'a.example','comments':'x'}"))
        .containsExactly("delete b", "SKIPPED repeats b");
  }

  @Test
  void aRowOfAnEarlierRunKeepsItsClaim() throws IOException {
    try (PlanRig rig = new PlanRig("block_senders")) {
      Planner planner = rig.planner(Mode.MIRROR, Origin.UNKNOWN, rig.holding(BLOCKED));

      planner.claim(json("{'pattern':'a.example','comments':'new'}"));

      assertThat(planner.unnamed()).isEmpty();
      assertThat(told(planner.plan(json("{'id':'b','comments':'newer'}"), List.of())))
          .isEqualTo("FAILED same_record b");
    }
  }

  @Test
  void aMirrorDeletesWhatNoRowMayHaveMeant() throws IOException {
    try (PlanRig rig = new PlanRig("impersonation_registry")) {
      Planner planner =
          rig.planner(
              Mode.MIRROR,
              Origin.UNKNOWN,
              rig.holding(
                  "{'id':'0','email':'gone@b.example','name':'A'}",
                  "{'id':'1','email':'held@b.example','name':'A'}",
                  SYNCED,
                  "{'id':'3','email':'two@b.example','name':'A'}",
                  "{'id':'4','email':'TWO@b.example','name':'A'}",
                  "{'email':'nobody@b.example'}"));
      planner.plan(json("{'id':'1'}"), List.of());
      planner.plan(json("{'email':'Two@b.example','name':'A'}"), List.of());

      List<String> steps = new ArrayList<>();
      for (int ordinal : planner.unnamed().toArray()) {
        steps.add(told(planner.unnamed(ordinal)));
      }
      assertThat(steps)
          .containsExactly("delete 0", "SKIPPED directory_synced s", "FAILED no_id null");
    }
  }

  @Test
  void domainsAreDeletedOnlyIfThatIsAllowed() throws IOException {
    try (PlanRig rig = new PlanRig("domains")) {
      AccountIndex index = rig.holding(DOMAIN);
      Planner allowed =
          rig.planner(
              PlanRig.request(
                  rig.resource, Mode.MIRROR, Origin.UNKNOWN, Validation.Level.STRICT, true, false),
              index);

      assertThat(told(allowed.unnamed(0))).isEqualTo("delete d");
      assertThat(told(rig.planner(Mode.MIRROR, Origin.UNKNOWN, index).unnamed(0)))
          .isEqualTo("SKIPPED would_unprotect d");
    }
  }

  /**
   * Rows of a backup are not validated before; a rehearsal must not plan what the run would fail.
   */
  @Test
  void whatCannotBeSentFailsInThePlan() throws IOException {
    try (PlanRig rig = new PlanRig("allow_policies")) {
      Planner planner =
          rig.planner(
              PlanRig.request(
                  rig.resource, Mode.UPSERT, Origin.UNKNOWN, Validation.Level.OFF, false, false),
              rig.holding());

      Step step =
          planner.plan(
              json("{'pattern':'a.example','pattern_type':'DOMAIN','is_trusted_sender':true}"),
              List.of());
      assertThat(step)
          .isInstanceOfSatisfying(
              Step.Nothing.class,
              nothing -> {
                assertThat(nothing.why()).isEqualTo(Step.Nothing.Why.FAILED);
                assertThat(nothing.code()).isEqualTo("required");
                assertThat(nothing.message())
                    .startsWith("is_exempt_recipient, is_acceptable_sender, verify_sender:");
              });
    }
  }

  @ParameterizedTest(name = "delete {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | {'id':'b'} | delete b",
        "plain | {'id':'b','pattern':'A.example'} | delete b",
        "plain | {'id':'b','pattern':'other.example'} | FAILED id_and_key_differ b",
        "plain | {'id':'b','pattern':'a.example','pattern_type':'EMAIL'}"
            + " | FAILED id_and_key_differ b",
        "plain | {'pattern':'a.example','is_regex':true} | FAILED regex_differs b",
        "regex | {'pattern':'a.example'} | FAILED regex_differs b",
        "regex | {'pattern':'a.example','is_regex':true} | delete b",
        "regex | {'id':'b'} | delete b",
      })
  void onlyWhatARowSaysIsDeletedForIt(String kind, String row, String expected) throws IOException {
    String held =
        kind.equals("regex") ? BLOCKED.replace("'is_regex':false", "'is_regex':true") : BLOCKED;
    assertThat(told("block_senders", Mode.DELETE, held, row)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UPSERT | regex | {'pattern':'a.example'} | FAILED regex_differs b",
        "UPSERT | regex | {'pattern':'a.example','comments':'x'} | FAILED regex_differs b",
        "UPDATE | regex | {'pattern':'a.example','comments':'x'} | FAILED regex_differs b",
        "MIRROR | regex | {'pattern':'a.example'} | FAILED regex_differs b",
        "CREATE | regex | {'pattern':'a.example'} | FAILED regex_differs b",
        "CREATE | plain | {'pattern':'a.example','is_regex':true} | FAILED regex_differs b",
        "UPSERT | regex | {'pattern':'a.example','is_regex':false} | edit b {'is_regex':false}",
        "UPSERT | plain | {'pattern':'a.example','is_regex':true} | edit b {'is_regex':true}",
        "UPSERT | plain | {'pattern':'a.example'} | UNCHANGED null b",
        "UPSERT | regex | {'pattern':'a.example','is_regex':true} | UNCHANGED null b",
        "UPSERT | regex | {'id':'b','pattern':'a.example'} | UNCHANGED null b",
      })
  void aRowThatSaysNothingOfItNeverCountsForARegularExpression(
      Mode mode, String kind, String row, String expected) throws IOException {
    String held =
        kind.equals("regex") ? BLOCKED.replace("'is_regex':false", "'is_regex':true") : BLOCKED;
    assertThat(told("block_senders", mode, held, row)).isEqualTo(expected);
  }

  @Test
  void modesHaveNames() {
    assertThat(Mode.named("Mirror")).isEqualTo(Mode.MIRROR);
    assertThat(Mode.MIRROR.label()).isEqualTo("mirror");
    assertThatThrownBy(() -> Mode.named("sync"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown mode 'sync'; known are create, upsert, update, mirror, delete");
  }

  private static List<String> all(Mode mode, String... rows) throws IOException {
    try (PlanRig rig = new PlanRig("block_senders")) {
      Planner planner = rig.planner(mode, Origin.UNKNOWN, rig.holding(BLOCKED));
      List<String> steps = new ArrayList<>();
      for (String row : rows) {
        steps.add(told(planner.plan(json(row), rig.faults(json(row)))));
      }
      return steps;
    }
  }

  private static String told(String resource, Mode mode, String held, String row)
      throws IOException {
    try (PlanRig rig = new PlanRig(resource)) {
      return told(rig.plan(mode, rig.holding(held), row));
    }
  }

  private static String told(Step step) {
    if (step instanceof Step.Create create) {
      return "create " + create.body().toString().replace('"', '\'');
    } else if (step instanceof Step.Edit edit) {
      return "edit " + edit.held().id() + " " + edit.body().toString().replace('"', '\'');
    } else if (step instanceof Step.Delete delete) {
      return "delete " + delete.held().id();
    } else if (step instanceof Step.Nothing nothing) {
      return nothing.why() + " " + nothing.code() + " " + nothing.id();
    }
    throw new AssertionError(step);
  }
}
