package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.insight.SnapshotFiles;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What lint, explain and history print, and how they end. */
@ResourceLock(Resources.SYSTEM_ERR)
@ResourceLock(Resources.SYSTEM_OUT)
final class InsightTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private String snapshot = "";

  /** How a command ended and what it said. */
  private record Ended(int exit, String out, String err) {
    JsonNode json() {
      return JSON.readTree(out);
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    snapshot =
        SnapshotFiles.begin(directory.resolve("backups"), "2026-11-20")
            .with("allow-policies", List.of(policy("a@shop.test", "EMAIL", true).toString()))
            .with("block-senders", List.of(sender("shop.test", "DOMAIN").toString()))
            .end()
            .toString();
  }

  @Test
  void explainSaysWhatMatchesByWhatAndWhatIsNotKnown() {
    Ended text = sluice("explain", snapshot, "--sender", "A@shop.test");

    assertThat(text.exit()).describedAs(text.err()).isZero();
    assertThat(text.out().lines())
        .containsExactly(
            "A@shop.test: 2 records match",
            "  allow-policies EMAIL a@shop.test  (id p-a@shop.test)",
            "    by     exact: a@shop.test",
            "    effect bypasses all detections and link following, verified or not",
            "  block-senders DOMAIN shop.test  (id s-shop.test)",
            "    by     domain: shop.test",
            "    effect messages are marked malicious",
            "not documented: which one wins where an allow policy and a blocked sender match the"
                + " same message is not documented");

    JsonNode json = sluice("explain", snapshot, "--sender", "a@shop.test", "--json").json();
    assertThat(json.get("command").stringValue()).isEqualTo("explain");
    assertThat(json.get("exit").intValue()).isZero();
    JsonNode match = json.at("/matches/1");
    assertThat(match.propertyNames()).startsWith("resource", "id", "key", "by").contains("effect");
    assertThat(match.get("key").stringValue()).isEqualTo("DOMAIN shop.test");
    assertThat(match.get("by").stringValue()).isEqualTo("domain");
  }

  @Test
  void whatAnIdHoldsDoesNotReachTheTerminalAsItIs() throws IOException {
    ObjectNode record = sender("co.uk", "DOMAIN").put("id", "1\u001b[2J\r\n\u202e");
    Path file = Files.writeString(directory.resolve("odd.jsonl"), record + "\n");

    for (Ended ended :
        List.of(
            sluice("lint", "-r", "block-senders", file.toString()),
            sluice("explain", "-r", "block-senders", file.toString(), "--domain", "co.uk"))) {
      assertThat(ended.out())
          .contains("(id 1\\u001b[2J\\u000d\\u000a\\u202e)")
          .doesNotContain("\u001b", "\r", "\u202e");
    }
  }

  @Test
  void explainEndsWithEightWhereNothingMatchesIfAsked() {
    assertThat(sluice("explain", snapshot, "--domain", "x.test").exit()).isZero();
    Ended none = sluice("explain", snapshot, "--domain", "x.test", "--detailed-exitcode");

    assertThat(none.exit()).isEqualTo(8);
    assertThat(none.out()).isEqualTo("x.test: nothing matches\n");
  }

  @Test
  void whatASnapshotDoesNotHoldIsNamed() throws IOException {
    String part =
        SnapshotFiles.begin(directory.resolve("part"), "2026-11-20")
            .with("trusted-domains", List.of())
            .end()
            .toString();

    Ended explained = sluice("explain", part, "--domain", "shop.test", "--json");
    assertThat(explained.err())
        .contains(
            "warning: "
                + part
                + " holds no allow-policies, block-senders, impersonation-registry, ");
    assertThat(explained.json().get("warnings")).hasSize(1);
    assertThat(sluice("lint", part).err())
        .contains("holds no allow-policies, block-senders, content-policies, ");
    assertThat(sluice("lint", part, "-r", "trusted-domains").err()).isEmpty();

    Path manifest = Path.of(part, "manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(
                "\"unavailable\":[]",
                "\"unavailable\":[{\"resource\":\"content-policies\",\"http_status\":403,\"message\":\"no\"}]"));
    assertThat(sluice("lint", part).err())
        .contains("holds no allow-policies, block-senders, domains, ")
        .doesNotContain("content-policies");
  }

  @Test
  void recordsThatMatchOnlyAPartAreNamedAndAreNoMatch() throws IOException {
    Path file = directory.resolve("parts.jsonl");
    Files.writeString(
        file,
        String.join(
            "\n",
            sender("198.51.100.7/32", "IP").toString(),
            sender("198.51.0.0/16", "IP").toString(),
            sender("203.0.113.0/24", "IP").toString(),
            sender("a@part.test", "EMAIL").toString(),
            sender("b@mail.part.test", "EMAIL").toString(),
            sender("mail.part.test", "DOMAIN").toString(),
            sender("c@part.test", "EMAIL").toString(),
            sender("a@notpart.test", "EMAIL").toString(),
            ""));
    String[] of = {"explain", file.toString(), "-r", "block-senders", "--detailed-exitcode"};

    assertThat(sluice(with(of, "--ip", "198.51.100.0/24")).out())
        .contains("1 record matches", "IP 198.51.0.0/16")
        .contains("  only a part: block-senders IP 198.51.100.7/32\n");
    assertThat(sluice(with(of, "--ip", "198.51.100.7")).out()).doesNotContain("only a part");
    Ended domain = sluice(with(of, "--domain", "part.test"));
    assertThat(domain.exit()).isEqualTo(8);
    assertThat(domain.out())
        .isEqualTo(
            "part.test: nothing matches\n"
                + "  only a part: block-senders EMAIL a@part.test, block-senders EMAIL"
                + " b@mail.part.test, block-senders DOMAIN mail.part.test, and 1 more\n");
    JsonNode json = sluice(with(of, "--domain", "part.test", "--json")).json();
    assertThat(json.at("/narrower/count").longValue()).isEqualTo(4);
    assertThat(json.at("/narrower/first")).hasSize(3);
  }

  @Test
  void aDomainAboveTheOneAskedForIsADoubt() {
    Ended text = sluice("explain", snapshot, "--domain", "mail.shop.test");

    assertThat(text.out())
        .contains("by     domain: shop.test")
        .contains("open   whether a domain covers its subdomains is not documented");
  }

  @Test
  void aRecipientIsComparedWithWhatConcernsRecipients() throws IOException {
    Path file = directory.resolve("policies.jsonl");
    ObjectNode exempt = policy("abuse@me.test", "EMAIL", false).put("is_exempt_recipient", true);
    Files.writeString(file, exempt + "\n" + policy("b@me.test", "EMAIL", true) + "\n");
    String[] of = {"explain", file.toString(), "-r", "allow-policies"};

    assertThat(sluice(with(of, "--recipient", "abuse@me.test")).out())
        .contains("1 record matches")
        .contains("effect bypasses all detections");
    assertThat(sluice(with(of, "--recipient", "b@me.test")).out()).contains("nothing matches");
    assertThat(sluice(with(of, "--sender", "abuse@me.test")).out()).contains("nothing matches");
  }

  @Test
  void aLiveAccountIsListedAndNothingElse() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().account("one").start()) {
      sandbox.account().add("block_senders", sender("203.0.113.0/24", "IP"));
      Path profiles = profiles(sandbox, "lint: {shared-providers: [shop.test]}");
      String[] live = {"profile:one", "--config", profiles.toString()};

      assertThat(sluice(with(with(new String[] {"explain"}, live), "--ip", "203.0.113.9")).out())
          .contains("block-senders IP 203.0.113.0/24")
          .contains("by     block: 203.0.113.9");
      Ended lint = sluice(with(with(new String[] {"lint"}, live), "--fail-on", "note", "--json"));
      assertThat(lint.exit()).describedAs(lint.out()).isEqualTo(lint.json().get("exit").intValue());
      assertThat(sandbox.requestLog().writes()).isZero();
    }
  }

  @Test
  void lintPrintsTheWorstFirstWithAdvice() {
    Ended text = sluice("lint", snapshot);

    assertThat(text.exit()).describedAs(text.err()).isZero();
    assertThat(text.out())
        .startsWith(
            "error conflict (1): an allow policy and a blocked sender that match the same sender\n"
                + "  allow-policies EMAIL a@shop.test and block-senders DOMAIN shop.test match the"
                + " same sender; which one wins is not documented [domain]  (id p-a@shop.test)\n"
                + "  to do: remove one of them, or make both so narrow that they do not meet\n"
                + "warning trusts-unverified (1): ")
        .endsWith("2 records: 1 error, 1 warning, 0 notes\n");
  }

  /** What the sample for cron does with what lint prints. */
  @Test
  void theSampleFailsForANewErrorAndForNoOther() throws Exception {
    assertThat(newErrors(snapshot)).isEqualTo("0 ");
    assertThat(newErrors(snapshot)).isEqualTo("0 ");
    String worse =
        SnapshotFiles.begin(directory.resolve("backups"), "2026-11-21")
            .with("allow-policies", List.of(policy("a@shop.test", "EMAIL", true).toString()))
            .with(
                "block-senders",
                List.of(
                    sender("shop.test", "DOMAIN").toString(), sender("co.uk", "DOMAIN").toString()))
            .end()
            .toString();

    for (int run = 0; run < 2; run++) {
      assertThat(newErrors(worse))
          .isEqualTo(
              "8 error matches-everything: block-senders DOMAIN co.uk: co.uk is a public suffix:"
                  + " anyone can have a domain below it  (id s-co.uk)\nwarning: "
                  + worse
                  + " holds no content-policies, domains, impersonation-registry,"
                  + " sending-domain-restrictions, trusted-domains, url-ignore-patterns; not looked"
                  + " at\n");
    }
    assertThat(newErrors(snapshot)).isEqualTo("0 ");
  }

  @Test
  void theSampleMailsAFailureWithoutItsStackTrace() throws Exception {
    assertThat(newErrors("no-such-snapshot"))
        .isEqualTo(
            """
            2 sluice: there is no snapshot and no file 'no-such-snapshot'
              a live account is written profile:NAME
            new-errors.sh: lint did not work (exit 2); nothing is known of the errors
            """);
    assertThat(directory.resolve("known")).doesNotExist();
  }

  @Test
  void whatTheSampleRemembersIsClosedToOthers() throws Exception {
    newErrors(snapshot);

    assertThat(Files.getPosixFilePermissions(directory.resolve("known")))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
  }

  private String newErrors(String lists) throws IOException, InterruptedException {
    Ended lint = sluice("lint", lists, "-q", "-v");
    Files.writeString(directory.resolve("said"), lint.out());
    Files.writeString(directory.resolve("trouble"), lint.err());
    Process script =
        new ProcessBuilder(
                "sh",
                Path.of("samples/cron/new-errors.sh").toAbsolutePath().toString(),
                directory.resolve("known").toString(),
                "sh",
                "-c",
                "cat said; cat trouble >&2; exit " + lint.exit(),
                "sluice")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(script.getInputStream().readAllBytes(), UTF_8);
    return script.waitFor() + " " + out;
  }

  @Test
  void aFileThatCannotBeReadIsSaidOfACommandThatOnlyReads() throws IOException {
    Path file = directory.resolve("broken.jsonl");
    Files.writeString(file, "{\"pattern\":\n");

    Ended ended = sluice("lint", file.toString(), "-r", "block-senders");

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.err()).contains("this command only reads").doesNotContain("nothing was sent");
  }

  @Test
  void anOptionOfImportAloneIsSaidToBeMissing() throws IOException {
    Path file = directory.resolve("columns.csv");
    Files.writeString(file, "pattern,foo\nx.test,y\n");

    assertThat(sluice("lint", file.toString(), "-r", "block-senders").err())
        .contains("--map foo=")
        .contains("and has no such option");
    assertThat(sluice("validate", file.toString(), "-r", "block-senders").err())
        .contains("--map foo=")
        .doesNotContain("has no such option");
  }

  @Test
  void lintFailsFromTheSeverityOnThatIsAskedFor() {
    assertThat(sluice("lint", snapshot, "--fail-on", "error").exit()).isEqualTo(8);
    assertThat(sluice("lint", snapshot, "--fail-on", "error", "--ignore", "conflict").exit())
        .isZero();
    assertThat(sluice("lint", snapshot, "--fail-on", "warning", "--ignore", "conflict").exit())
        .isEqualTo(8);
    assertThat(
            sluice("lint", snapshot, "--fail-on", "note", "--ignore", "conflict,trusts-unverified")
                .exit())
        .isZero();
  }

  @Test
  void quietLintPrintsWhatIsAFailureAndNothingElse() {
    assertThat(sluice("lint", snapshot, "-q", "--ignore", "conflict").out()).isEmpty();
    assertThat(sluice("lint", snapshot, "-q", "--fail-on", "error").out())
        .startsWith("error conflict (1)")
        .doesNotContain("trusts-unverified");
  }

  @Test
  void lintSaysItInJson() {
    Ended ended = sluice("lint", snapshot, "--json", "--fail-on", "error");
    JsonNode json = ended.json();

    assertThat(ended.exit()).isEqualTo(8);
    assertThat(json.propertyNames()).startsWith("command", "exit", "findings", "counts");
    assertThat(json.get("exit").intValue()).isEqualTo(8);
    assertThat(json.get("counts").toString()).isEqualTo("{\"conflict\":1,\"trusts-unverified\":1}");
    assertThat(json.at("/findings/0").propertyNames())
        .containsExactly("rule", "severity", "resource", "records", "message", "advice");
    assertThat(sluice("lint", snapshot, "--format", "json").json().get("counts"))
        .isEqualTo(json.get("counts"));
  }

  @Test
  void lintFailsInTheFormatThatWasAskedFor() {
    Ended ended = sluice("lint", snapshot + "-none", "--format", "json");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.json().at("/error/message").asString()).contains("there is no snapshot");
  }

  @Test
  void lintWritesSarif() {
    JsonNode log = sluice("lint", snapshot, "--format", "sarif").json();

    assertThat(log.get("version").stringValue()).isEqualTo("2.1.0");
    assertThat(log.at("/runs/0/results/0/ruleId").stringValue()).isEqualTo("conflict");
  }

  @Test
  void lintShowsThePageOfARule() {
    assertThat(sluice("lint", "--explain", "broad").out())
        .startsWith("broad (warning)\n")
        .contains("--ignore broad");
    assertThat(sluice("lint", "--explain", "broad", "--json").json().get("page").stringValue())
        .startsWith("broad (warning)");
  }

  @Test
  void theProvidersOfAProfileCount() throws IOException {
    Path profiles = directory.resolve("profiles.yaml");
    Files.writeString(
        profiles,
        "profiles: {own: {account: a, token: 'env:NONE', lint: {shared-providers:"
            + " [shop.test]}}}\n");

    assertThat(
            sluice("lint", snapshot, "--providers-of", "own", "--config", profiles.toString())
                .out())
        .contains("warning shared-provider (2)");
    Files.writeString(
        profiles,
        "profiles: {own: {account: a, token: 'env:NONE', lint: {shared-provider: []}}}\n");
    Ended wrong =
        sluice("lint", snapshot, "--providers-of", "own", "--config", profiles.toString());
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("the nearest is 'shared-providers'");
  }

  @Test
  void historyPrintsALineForEachPairAndWithAKeyEachChange() throws IOException {
    SnapshotFiles.begin(directory.resolve("backups"), "2026-11-21")
        .with("allow-policies", List.of(policy("a@shop.test", "EMAIL", true).toString()))
        .with("block-senders", List.of())
        .end();
    String backups = directory.resolve("backups").toString();

    assertThat(sluice("history", backups).out().lines())
        .containsExactly(
            "2026-11-20T020000Z to 2026-11-21T020000Z",
            "  block-senders: 1 deleted",
            "2 snapshots from 2026-11-20T020000Z to 2026-11-21T020000Z: 1 deleted");
    assertThat(sluice("history", backups, "--key", "shop.test").out())
        .contains("    - DOMAIN shop.test\n")
        .contains("there in 2026-11-20T020000Z already");
    assertThat(sluice("history", backups, "--key", "other.test").out())
        .startsWith(
            "other.test: neither in the first snapshot of its kind nor in any change since");
    assertThat(sluice("history", backups, "--json").out().lines().map(JSON::readTree))
        .hasSize(2)
        .last()
        .matches(line -> line.at("/summary/deleted").intValue() == 1);
  }

  @Test
  void aSnapshotThatIsComparedWithItselfIsNamed() {
    String root = directory.resolve("backups").toString();

    Ended compared = sluice("diff", root + "/latest", snapshot);

    assertThat(compared.exit()).isZero();
    assertThat(compared.err()).contains("warning: both sides are the same snapshot, " + snapshot);
  }

  @Test
  void wrongUsageIsReportedBeforeAnythingIsRead() {
    assertUsage("give one of --sender A", "explain", snapshot);
    assertUsage("are both given", "explain", snapshot, "--sender", "a@b.test", "--ip", "192.0.2.1");
    assertUsage("--sender 'shop': invalid e-mail", "explain", snapshot, "--sender", "shop");
    assertUsage("--ip 'shop.test': not an IP", "explain", snapshot, "--ip", "shop.test");
    assertUsage(
        "such records are not compared with --sender",
        "explain",
        snapshot,
        "--sender",
        "a@b.test",
        "-r",
        "content-policies");
    assertUsage("the nearest is 'conflict'", "lint", snapshot, "--ignore", "conflicts");
    assertUsage("'xyz'; known are conflict", "lint", snapshot, "--ignore", "xyz");
    assertUsage(
        "--fail-on: there is no 'fatal'; there are error, warning, note",
        "lint",
        snapshot,
        "--fail-on",
        "fatal");
    assertUsage("which lists?", "lint");
    assertUsage("say opposite things", "lint", snapshot, "--json", "--format", "sarif");
    assertUsage("the nearest is 'broad'", "lint", "--explain", "brod");
    assertUsage("holds no domains", "lint", snapshot, "-r", "domains");
    assertUsage("lies in the future", "history", snapshot, "--since", "2999-01-01");
    String root = directory.resolve("backups").toString();
    assertUsage("holds domains", "history", root, "-r", "block-senders,domains");
    assertUsage("there is no directory", "history", snapshot + "-none");
    assertUsage("is not a time like", "history", snapshot, "--since", "yesterday");
  }

  private void assertUsage(String said, String... line) {
    Ended ended = sluice(line);
    assertThat(ended.out() + ended.err()).contains(said);
    assertThat(ended.exit()).isEqualTo(2);
  }

  private Path profiles(Sandbox sandbox, String more) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), sandbox.token());
    return Files.writeString(
        directory.resolve("live.yaml"),
        "profiles:\n  one: {account: one, token: 'file:"
            + token
            + "', base-url: '"
            + sandbox.baseUrl()
            + "', "
            + more
            + "}\n");
  }

  private static String[] with(String[] line, String... more) {
    List<String> all = new ArrayList<>(List.of(line));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static ObjectNode policy(String pattern, String type, boolean trusted) {
    ObjectNode policy = JSON.createObjectNode().put("id", "p-" + pattern);
    policy.put("pattern", pattern).put("pattern_type", type).put("is_regex", false);
    policy.put("is_trusted_sender", trusted).put("is_exempt_recipient", false);
    policy.put("is_acceptable_sender", false).put("verify_sender", false);
    return policy.put("comments", "why");
  }

  private static ObjectNode sender(String pattern, String type) {
    ObjectNode sender = JSON.createObjectNode().put("id", "s-" + pattern);
    sender.put("pattern", pattern).put("pattern_type", type).put("is_regex", false);
    return sender.put("comments", "why");
  }

  private static Ended sluice(String... line) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
    ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(saidOut, true, UTF_8));
    System.setErr(new PrintStream(saidErr, true, UTF_8));
    try {
      int exit = CommandLines.run(line);
      return new Ended(exit, saidOut.toString(UTF_8), saidErr.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
