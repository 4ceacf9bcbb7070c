package io.sluice.plan;

import static io.sluice.plan.PlanRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** By id, else by key; exact first, then folded; and never by guessing. */
final class MatchTest {
  private static final String UUID = "6f1d0a52-0c2e-4c33-9b0d-0e4ab1f0c001";

  @ParameterizedTest
  @CsvSource({
    "DOMAIN, b\u00fccher.example, DOMAIN, xn--bcher-kva.EXAMPLE",
    "EMAIL, Anna@Example.com, email, anna@example.COM",
    "IP, 198.51.100.7, IP, 198.51.100.7/32",
    "IP, 2001:db8::1, IP, 2001:0DB8:0::1/128",
    "EMAIL, a@example.com, email, a@example.com",
  })
  void anotherSpellingFindsTheRecord(String heldType, String held, String type, String pattern)
      throws IOException {
    assertThat(blocked(type, pattern, "false", held(heldType, held, "false")))
        .isInstanceOf(Match.Found.class);
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL, a@example.com, DOMAIN, a@example.com, false, false",
    "EMAIL, A.*@example.com, EMAIL, a.*@example.com, true, true",
    "EMAIL, a.*@example.com, EMAIL, A.*@example.com, true, false",
    "EMAIL, A.*@example.com, EMAIL, a.*@example.com, false, true",
    "IP, 198.51.100.0/24, IP, 198.51.100.0, false, false",
  })
  void whatMeansSomethingElseDoesNot(
      String heldType, String held, String type, String pattern, String heldRegex, String regex)
      throws IOException {
    assertThat(blocked(type, pattern, regex, held(heldType, held, heldRegex)))
        .isInstanceOf(Match.Absent.class);
  }

  @Test
  void theSameTextIsTheSameKeyWhetherRegexOrNot() throws IOException {
    assertThat(blocked("EMAIL", "A.*@b.example", "true", held("EMAIL", "A.*@b.example", "false")))
        .isInstanceOf(Match.Found.class);
  }

  @Test
  void theExactSpellingWinsOverOthers() throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      AccountIndex index =
          rig.holding("{'id':'1','pattern':'A.example'}", "{'id':'2','pattern':'a.example'}");

      assertThat(ids(index, "{'pattern':'a.example'}")).containsExactly("2");
      assertThat(ids(index, "{'pattern':'A.example'}")).containsExactly("1");
      assertThat(unclear(index, "{'pattern':'a.EXAMPLE'}", Origin.UNKNOWN).ids())
          .containsExactly("1", "2");
    }
  }

  @Test
  void severalOfTheExactSpellingAreUnclearUnlessTheIdTells() throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      AccountIndex index =
          rig.holding("{'id':'x','pattern':'a.example'}", "{'id':'y','pattern':'a.example'}");

      Match.Unclear unclear = unclear(index, "{'pattern':'a.example'}", Origin.THIS_ACCOUNT);
      assertThat(unclear.code()).isEqualTo("several_match");
      assertThat(unclear.message()).isEqualTo("records x, y have the row's key");
      assertThat(ids(index, "{'id':'y','pattern':'a.example'}")).containsExactly("y");
    }
  }

  @Test
  void theTypeOfAPatternIsInferred() throws IOException {
    try (PlanRig rig = new PlanRig("allow_policies")) {
      AccountIndex index =
          rig.holding(
              "{'id':'1','pattern':'198.51.100.7','pattern_type':'IP'}",
              "{'id':'2','pattern':'a.example'}");

      assertThat(ids(index, "{'pattern':'198.51.100.7/32'}")).containsExactly("1");
      assertThat(ids(index, "{'pattern':'A.example','pattern_type':'DOMAIN'}"))
          .containsExactly("2");
    }
  }

  @Test
  void anIdThatTheAccountLacksLeavesItToTheKey() throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      AccountIndex index = rig.holding("{'id':'1','pattern':'a.example'}");

      assertThat(index.match(json("{'id':'9','pattern':'a.example'}"), Origin.UNKNOWN))
          .isInstanceOfSatisfying(Match.Found.class, found -> assertThat(found.byId()).isFalse());
      assertThat(index.match(json("{'id':'9'}"), Origin.UNKNOWN)).isEqualTo(new Match.Absent());
      assertThat(index.match(json("{}"), Origin.UNKNOWN)).isEqualTo(new Match.Absent());
    }
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void anIdAndAKeyOfDifferentRecordsAreUnclear(Origin origin) throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      AccountIndex index =
          rig.holding("{'id':'x','pattern':'a.example'}", "{'id':'y','pattern':'b.example'}");

      Match.Unclear unclear = unclear(index, "{'id':'x','pattern':'B.example'}", origin);
      assertThat(unclear.code()).isEqualTo("id_and_key_differ");
      assertThat(unclear.ids()).containsExactly("x", "y");
      assertThat(unclear.message()).contains("x, y");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "THIS_ACCOUNT, 4711, true",
    "THIS_ACCOUNT, " + UUID + ", true",
    "OTHER_ACCOUNT, 4711, false",
    "OTHER_ACCOUNT, " + UUID + ", false",
    "UNKNOWN, 4711, false",
    "UNKNOWN, " + UUID + ", true",
  })
  void aNewKeyIsARenameWhereTheIdCanBeTrusted(Origin origin, String id, boolean found)
      throws IOException {
    try (PlanRig rig = new PlanRig("trusted_domains")) {
      AccountIndex index = rig.holding("{'id':'" + id + "','pattern':'a.example'}");

      Match match = index.match(json("{'id':'" + id + "','pattern':'new.example'}"), origin);

      assertThat(match instanceof Match.Found).isEqualTo(found);
      assertThat(match instanceof Match.Unclear).isEqualTo(!found);
    }
  }

  @Test
  void halfAKeyCountsToo() throws IOException {
    try (PlanRig rig = new PlanRig("impersonation_registry")) {
      AccountIndex index =
          rig.holding(
              "{'id':'x','email':'a@example.com','name':'Anna'}",
              "{'id':'y','email':'a@example.com','name':'Bert'}");

      assertThat(ids(index, "{'id':'x','email':'A@example.com'}")).containsExactly("x");
      assertThat(unclear(index, "{'id':'x','name':'BERT'}", Origin.UNKNOWN).ids())
          .containsExactly("x", "y");
      assertThat(unclear(index, "{'id':'x','name':'C'}", Origin.OTHER_ACCOUNT).code())
          .isEqualTo("id_of_another");
    }
  }

  private static String held(String type, String pattern, String regex) {
    return "{'id':'h','pattern_type':'"
        + type
        + "','pattern':'"
        + pattern
        + "','is_regex':"
        + regex
        + "}";
  }

  private static Match blocked(String type, String pattern, String regex, String held)
      throws IOException {
    try (PlanRig rig = new PlanRig("block_senders")) {
      String row = held(type, pattern, regex).replace("'id':'h',", "");
      return rig.holding(held).match(json(row), Origin.UNKNOWN);
    }
  }

  private static List<String> ids(AccountIndex index, String row) throws IOException {
    return index.match(json(row), Origin.UNKNOWN) instanceof Match.Found found
        ? List.of(found.record().id())
        : List.of();
  }

  private static Match.Unclear unclear(AccountIndex index, String row, Origin origin)
      throws IOException {
    return (Match.Unclear) index.match(json(row), origin);
  }
}
