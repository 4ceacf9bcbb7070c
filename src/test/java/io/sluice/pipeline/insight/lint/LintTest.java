package io.sluice.pipeline.insight.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.KnownDomains;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each rule finds what it is to find, and nothing else. */
final class LintTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Records separated by a blank and a plus: a short name of the kind, a pattern, and marks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conflict|accept a@x.test + block a@x.test",
        "conflict|accept a@x.test + block A@X.test",
        "conflict|accept a@x.test + block x.test",
        "conflict|accept x.test + block a@x.test",
        "conflict|trust a@sub.x.test + block x.test",
        "conflict|accept 198.51.100.7 + block 198.51.100.0/24",
        "conflict|accept 198.51.100.0/24 + block 198.51.100.7",
        "conflict|accept 2001:db8::1 + block 2001:db8::/48",
        "conflict|accept a@x.test + block ~.*@x\\.test",
        "conflict|accept ~.*@x\\.test + block a@x.test",
        "conflict|accept ~.*@x\\.test + block x.test",
        "conflict|accept ~.*@x\\.test + block ~.*@x\\.test",
        "own-domain-blocked|own x.test + block x.test",
        "own-domain-blocked|own mail.x.test + block x.test",
        "own-domain-blocked|own x.test + block ~.*@x\\.test",
        "own-domain-blocked|vouch x.test + block X.test",
        "matches-everything|block ~.*",
        "matches-everything|block ~@",
        "matches-everything|accept ~^[^@]+@.+$",
        "matches-everything|exempt ~.*",
        "matches-everything|vouch ~.*",
        "matches-everything|block ~\\d|",
        "matches-everything|block co.uk",
        "matches-everything|accept gmail.com",
        "matches-everything|block test",
        "matches-everything|block 198.0.0.0/15",
        "matches-everything|block 2001::/31",
        "slow-regex|block ~.*.*.*.*.*.*.*=x",
        "slow-regex|url ~.*.*.*.*.*.*.*=x",
        "slow-regex|block ~^([a-z]+)*@x\\.test$",
        "trusts-unverified|accept a@x.test unverified",
        "trusts-unverified|trust x.test unverified",
        "trusts-unverified|trust ~@x\\.test unverified",
        "shared-provider|accept sendgrid.net",
        "shared-provider|block billing@docusign.net",
        "shared-provider|block ~.*@sendgrid\\.net$",
        "broad|trust x.test",
        "broad|exempt x.test",
        "broad|accept 198.51.0.0/23",
        "broad|block 2001:db8::/47",
        "unescaped-dot|block ~.*@x.test$",
        "duplicate|block x.test + block X.test",
        "duplicate|block 198.51.100.7 + block 198.51.100.7/32",
        "expired|block x.test [sluice expires=2026-11-28]",
        "expired|block x.test [sluice expires=soon]",
        "expired|content a 2026-11-28T23:59:59Z",
        "expires-soon|block x.test [sluice expires=2026-11-29]",
        "expires-soon|block x.test [sluice owner=a expires=2026-12-13]",
        "shadowed|block x.test + block a@x.test",
        "shadowed|block 198.51.100.0/24 + block 198.51.100.7",
        "shadowed|block ~.*@x\\.test + block a@x.test",
        "shadowed|block ~a@x.*? + block a@x.test",
        "shadowed|accept x.test unverified + accept a@x.test",
        "literal-regex|block ~evil",
        "literal-regex|block ~evil\\.test",
        "cannot-be-written|block ?x",
        "cannot-be-written|synced a@x.test",
        "no-comment|block x.test uncommented",
        "no-comment|block x.test uncommented [sluice owner=a]"
      })
  void finds(String rule, String records) {
    assertThat(rules(records)).contains(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conflict|accept a@x.test + block b@x.test",
        "conflict|accept x.test + block sub.y.test",
        "conflict|exempt a@x.test + block a@x.test",
        "conflict|accept 198.51.100.7 + block 198.51.101.0/24",
        "conflict|accept a@x.test + accept x.test",
        "conflict|accept a@x.test + block ~.*@y\\.test",
        "own-domain-blocked|own x.test + block a@x.test",
        "own-domain-blocked|own x.test + block mail.x.test",
        "own-domain-blocked|own x.test + accept x.test",
        "matches-everything|block ~.*@x\\.test",
        "matches-everything|block ~.*\\.io$",
        "matches-everything|block x.co.uk",
        "matches-everything|block a@gmail.com",
        "matches-everything|block 198.51.0.0/16",
        "matches-everything|block 2001:db8::/32",
        "slow-regex|block ~^[a-z0-9._-]+@(mail|news)\\.x\\.test$",
        "slow-regex|url ~^https://x\\.test/.*$",
        "slow-regex|block ~.*@.*\\.x\\.test$",
        "trusts-unverified|accept a@x.test",
        "trusts-unverified|trust 198.51.100.7 unverified",
        "trusts-unverified|exempt a@x.test unverified",
        "trusts-unverified|block a@x.test",
        "shared-provider|accept x.test",
        "shared-provider|exempt sendgrid.net",
        "shared-provider|exempt ~.*@sendgrid\\.net$",
        "shared-provider|block u1.wl.sendgrid.net",
        "shared-provider|vouch sendgrid.net",
        "broad|accept x.test",
        "broad|trust a@x.test",
        "broad|block x.test",
        "broad|block 198.51.100.0/24",
        "broad|block 2001:db8::/48",
        "unescaped-dot|block ~.*@x\\.test$",
        "unescaped-dot|block ~.+@x",
        "duplicate|block x.test + block y.test",
        "duplicate|block x.test + accept x.test",
        "duplicate|block ~x + block ~X",
        "duplicate|block ~x@y\\.test + block x@y.test",
        "expired|block x.test [sluice expires=2026-11-29]",
        "expired|block x.test [sluice owner=a]",
        "expired|content a 2026-11-29T00:00:00Z",
        "expires-soon|block x.test [sluice expires=2026-12-14]",
        "expires-soon|block x.test [sluice expires=2026-11-28]",
        "shadowed|block x.test + block sub.x.test",
        "shadowed|accept x.test + trust a@x.test",
        "shadowed|accept x.test + accept a@x.test unverified",
        "shadowed|block x.test + block y.test",
        "shadowed|block ~evil + block a@evil.test",
        "literal-regex|block ~evil.*",
        "literal-regex|url ~evil",
        "cannot-be-written|block x.test",
        "no-comment|block x.test",
        "no-comment|own x.test"
      })
  void doesNotFind(String rule, String records) {
    assertThat(rules(records)).doesNotContain(rule);
  }

  @Test
  void aSlowExpressionIsShownWithATextOnWhichItIsSlow() {
    assertThat(lint("block ~^(a+)+@x\\.test$").findings().get(0).message())
        .contains("'a' 32 times, then '!'");
  }

  @Test
  void aFindingNamesEveryRecordAndSaysWhatIsNotKnown() {
    Finding conflict = lint("trust a@sub.x.test + block x.test").findings().get(0);

    assertThat(conflict.rule()).isEqualTo(LintRule.CONFLICT);
    assertThat(conflict.records())
        .extracting(Object::toString)
        .containsExactly("allow-policies EMAIL a@sub.x.test", "block-senders DOMAIN x.test");
    assertThat(conflict.message())
        .contains("which one wins is not documented")
        .contains("whether a domain covers its subdomains is not documented");
    assertThat(conflict.json().toString())
        .startsWith(
            "{\"rule\":\"conflict\",\"severity\":\"error\",\"resource\":\"allow-policies\","
                + "\"records\":[{\"resource\":\"allow-policies\",\"id\":\"1\",\"key\":\"EMAIL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conflict|accept a@x.test lint:conflict=ok + block x.test",
        "conflict|accept a@x.test + block x.test lint:conflict=ok",
        "shadowed|block x.test + block a@x.test see 7, lint:shadowed=ok",
        "duplicate|block x.test lint:duplicate=ok + block X.test",
        "broad|trust x.test lint:broad=ok lint:no-comment=ok"
      })
  void aCommentSilencesARule(String rule, String records) {
    assertThat(lint(records.replaceAll("lint:[a-z=-]+", "")).counts()).containsKey(rule);
    LintResult result = lint(records);

    assertThat(result.counts()).doesNotContainKey(rule);
    assertThat(result.silenced()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleCanBeSilencedInCommentsAndLeftOut(LintRule rule) {
    String records =
        switch (rule) {
          case CONFLICT -> "accept a@x.test + block x.test";
          case OWN_DOMAIN_BLOCKED -> "own x.test + block x.test";
          case MATCHES_EVERYTHING -> "block co.uk";
          case SLOW_REGEX -> "block ~^(a+)+@x\\.test$";
          case TRUSTS_UNVERIFIED -> "accept a@x.test unverified";
          case SHARED_PROVIDER -> "accept sendgrid.net";
          case BROAD -> "trust x.test";
          case UNESCAPED_DOT -> "block ~.*@x.test$";
          case DUPLICATE -> "block x.test + block X.test";
          case EXPIRED -> "block x.test [sluice expires=2026-11-28]";
          case EXPIRES_SOON -> "block x.test [sluice expires=2026-11-29]";
          case SHADOWED -> "block x.test + block a@x.test";
          case LITERAL_REGEX -> "block ~evil";
          case CANNOT_BE_WRITTEN -> "block ?x";
          case NO_COMMENT -> "block x.test uncommented";
        };
    List<String> marked =
        Arrays.stream(records.split(" \\+ ", -1)).map(words -> marked(words, rule)).toList();
    LintSettings without = new LintSettings(EnumSet.of(rule), TODAY, Map.of());

    assertThat(rules(records)).contains(rule.id());
    assertThat(rules(String.join(" + ", marked))).doesNotContain(rule.id());
    assertThat(lint(without, records).counts()).doesNotContainKey(rule.id());
  }

  private static String marked(String words, LintRule rule) {
    String[] parts = words.split(" ", 3);
    String rest = parts.length < 3 ? "" : " " + parts[2];
    return parts[0] + " " + parts[1] + " lint:" + rule.id() + "=ok" + rest;
  }

  @Test
  void aMarkThatNamesNoRuleIsReported() {
    assertThat(lint("block x.test lint:conflicts=ok").warnings())
        .containsExactly("block-senders DOMAIN x.test: 'lint:conflicts=ok' names no rule of lint");
  }

  @Test
  void aPersonIsNotShadowedByTheAddressesOfAnother() {
    assertThat(rules("person a@x.test + person ~.*@x\\.test")).doesNotContain("shadowed");
  }

  @Test
  void patternsThatAreInvalidAreCountedAndTakenForNothingElse() {
    LintResult result = lint("block 198.51.100.256 + block !c + block x[.]test + block y.test.");

    assertThat(result.findings()).isEmpty();
    assertThat(result.warnings())
        .containsExactly(
            "4 patterns are no valid address, domain or IP address, so what they match is not"
                + " known; 'sluice validate' shows those of a file; the first: block-senders IP"
                + " 198.51.100.256 (not an IP address or CIDR block)");
  }

  @Test
  void findingsBeyondTheLimitAreCounted() {
    Lint lint = new Lint(new LintSettings(Set.of(), TODAY, Map.of()), () -> false, 2);
    for (int i = 0; i < 5; i++) {
      lint.take(Catalog.get("block-senders"), record("block d" + i + ".test uncommented", i));
    }
    LintResult result = lint.result();

    assertThat(result.findings()).hasSize(2);
    assertThat(result.counts()).containsExactly(Map.entry("no-comment", 5));
    assertThat(result.leftOut())
        .containsExactly(
            "of no-comment only 2 findings are kept here, and 3 more are counted; 'sluice lint'"
                + " shows all");
  }

  @Test
  void whatSurelyMatchesIsNamedBeforeWhatMay() {
    Finding conflict =
        lint("accept a@sub.x.test + block x.test + block ~.*@sub\\.x\\.test").findings().get(0);

    assertThat(conflict.message()).contains("[regex]").doesNotContain("covers its subdomains");
    assertThat(conflict.records()).hasSize(3);
  }

  @Test
  void anEndThatCannotBeReadIsReported() {
    assertThat(lint("content a 2026-11-01").warnings())
        .containsExactly(
            "content-policies a: its expires_at '2026-11-01' is no time such as"
                + " 2026-12-31T00:00:00Z; whether it has expired is not known");
  }

  @Test
  void whatIsIgnoredIsNotLookedFor() {
    LintSettings settings =
        new LintSettings(EnumSet.of(LintRule.CONFLICT, LintRule.BROAD), TODAY, Map.of());

    assertThat(lint(settings, "trust x.test + block x.test").findings()).isEmpty();
  }

  @Test
  void aProfileAddsDomains() {
    LintSettings settings =
        new LintSettings(
            Set.of(),
            TODAY,
            Map.of(
                KnownDomains.SHARED_PROVIDERS, List.of("mailer.test"),
                KnownDomains.MAILBOX_PROVIDERS, List.of("Box.test"),
                KnownDomains.PUBLIC_SUFFIXES, List.of("co.test")));

    assertThat(lint(settings, "block mailer.test + block box.test + block co.test").counts())
        .isEqualTo(Map.of("shared-provider", 1, "matches-everything", 2));
  }

  @Test
  void anExpressionThatMatchesEverythingIsReportedOnce() {
    assertThat(lint("accept ~.* + block a@x.test + block b@y.test").counts())
        .isEqualTo(Map.of("matches-everything", 1));
  }

  @Test
  void anExpressionThatJavaDoesNotTakeIsReported() {
    assertThat(lint("block ~(").warnings())
        .containsExactly(
            "block-senders EMAIL (: it is not a Java regular expression; not looked at");
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleHasItsPage(LintRule rule) {
    assertThat(RulePage.of(rule))
        .startsWith(rule.id() + " (" + rule.severity().label() + ")\n")
        .contains("Why it matters", "What counts", "Example", "What to do", "How to silence it");
  }

  private static Set<String> rules(String records) {
    return new TreeSet<>(lint(records).counts().keySet());
  }

  private static LintResult lint(String records) {
    return lint(new LintSettings(Set.of(), TODAY, Map.of()), records);
  }

  private static LintResult lint(LintSettings settings, String records) {
    Lint lint = new Lint(settings, () -> false);
    int id = 0;
    for (String words : records.split(" \\+ ", -1)) {
      id++;
      lint.take(Catalog.get(kind(words)), record(words, id));
    }
    return lint.result();
  }

  private static String kind(String words) {
    return switch (words.substring(0, words.indexOf(' '))) {
      case "accept", "trust", "exempt" -> "allow-policies";
      case "block" -> "block-senders";
      case "vouch" -> "trusted-domains";
      case "own" -> "domains";
      case "url" -> "url-ignore-patterns";
      case "content" -> "content-policies";
      case "synced", "person" -> "impersonation-registry";
      default -> throw new IllegalArgumentException(words);
    };
  }

  private static ObjectNode record(String words, int id) {
    String[] parts = words.split(" ", 3);
    String rest = parts.length < 3 ? "" : parts[2];
    String pattern = parts[1].replaceFirst("^[~?]", "");
    ObjectNode record = JSON.createObjectNode().put("id", String.valueOf(id));
    record.put(parts[0].equals("own") ? "domain" : "pattern", pattern);
    record.put("is_regex", parts[1].startsWith("~"));
    String type =
        pattern.matches("[0-9a-f:.]+[:.][0-9a-f:./]*")
            ? "IP"
            : pattern.contains("@") || parts[1].startsWith("~") ? "EMAIL" : "DOMAIN";
    record.put("pattern_type", parts[1].startsWith("?") ? "UNKNOWN" : type);
    record.put("is_trusted_sender", parts[0].equals("trust"));
    record.put("is_acceptable_sender", parts[0].equals("accept"));
    record.put("is_exempt_recipient", parts[0].equals("exempt"));
    record.put("verify_sender", !rest.contains("unverified"));
    record.put("is_recent", true).put("is_similarity", false);
    if (parts[0].equals("content")) {
      record.put("name", pattern).put("expires_at", rest).put("notes", "why");
    } else if (kind(words).equals("impersonation-registry")) {
      record.put("name", "A" + id).put("email", pattern);
      record.put("is_email_regex", parts[1].startsWith("~"));
      record.put("provenance", parts[0].equals("synced") ? "SNOOPY-OFFICE_365" : "A1S_INTERNAL");
      record.remove("pattern_type");
    }
    String comment = rest.replaceAll("(?<!-)un(verified|commented)", "").strip();
    record.put("comments", rest.contains("uncommented") ? comment : "why " + comment);
    return record;
  }
}
