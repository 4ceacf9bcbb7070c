package io.sluice.samples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Validation.Level;
import io.sluice.format.InputFault;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.format.Inputs;
import io.sluice.format.OptionNames;
import io.sluice.job.spec.FeedSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.InputCheck;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.plan.Mode;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether the sample files are what they claim to be. */
final class SamplesTest {
  private static final Path SAMPLES = Path.of("samples");
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)(.*[@.]|)example\\.(com|net|org)|.*\\.(example|test|invalid)"
              + "|(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.[0-9]+(/[0-9]+)?"
              + "|2001:0?db8:[0-9a-f:]+(/[0-9]+)?");

  @TempDir private Path scratch = Path.of("");
  private final List<String> faults = new ArrayList<>();

  @Test
  void theLargeOneIsAsItIsMade() throws IOException {
    assertThat(Files.readAllBytes(BlockSenderSample.FILE))
        .describedAs("run BlockSenderSample to write the file anew")
        .isEqualTo(BlockSenderSample.bytes());
  }

  @Test
  void theLargeOneIsAmongTheResourcesOfTheProgram() throws IOException {
    try (InputStream resource =
        requireNonNull(
            SamplesTest.class.getResourceAsStream("/io/sluice/samples/block-senders.csv"))) {
      assertThat(resource.readAllBytes()).isEqualTo(Files.readAllBytes(BlockSenderSample.FILE));
    }
  }

  @Test
  void theLargeOneHasSendersOfEveryKind() throws IOException {
    Map<String, Integer> kinds = new HashMap<>();
    for (ObjectNode record : records("block-senders", "block-senders.csv")) {
      String kind = record.path("is_regex").asBoolean() ? "regex" : "plain";
      kinds.merge(record.path("pattern_type").asString() + ' ' + kind, 1, Integer::sum);
    }

    assertThat(kinds)
        .containsOnly(
            Map.entry("EMAIL plain", 2640),
            Map.entry("DOMAIN plain", 1580),
            Map.entry("IP plain", 756),
            Map.entry("EMAIL regex", 12),
            Map.entry("DOMAIN regex", 8),
            Map.entry("IP regex", 4));
  }

  @Test
  void theLargeOneIsNewToASandbox() throws IOException {
    Set<List<String>> held = new HashSet<>();
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      sandbox.account().seed("block_senders", 20_000);
      sandbox.account().records("block_senders").forEach(record -> held.add(key(record)));
    }

    assertThat(records("block-senders", "block-senders.csv"))
        .extracting(SamplesTest::key)
        .doesNotContainAnyElementsOf(held);
  }

  @ParameterizedTest
  @CsvSource({
    "block-senders, block-senders.csv, 5000",
    "block-senders, blocked.txt, 15",
    "block-senders, feeds/phishing.csv, 3",
    "block-senders, feeds/analyst.csv, 2",
    "block-senders, dashboard/blocked-senders.csv, 12",
    "block-senders, dashboard/blocked-senders-old.csv, 8",
    "allow-policies, allow-policies.jsonl, 12",
    "allow-policies, dashboard/allow-policies.csv, 10",
    "trusted-domains, dashboard/trusted-domains.csv, 8",
    "impersonation-registry, dashboard/impersonation-registry.csv, 10"
  })
  void everyRowIsSound(String resource, String file, long rows) throws IOException {
    CheckSummary summary = check(resource, file);

    assertThat(faults).isEmpty();
    assertThat(summary)
        .isEqualTo(new CheckSummary(rows, 0, 0, 0, 0, List.of(), CheckSummary.Rewritings.NONE, 0));
    for (ObjectNode record : records(resource, file)) {
      String sender = record.path(record.has("email") ? "email" : "pattern").asString();
      assertThat(record.path("is_regex").asBoolean(false) || RESERVED.matcher(sender).matches())
          .describedAs("%s is reserved for examples", sender)
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blocked-senders|Blocked Sender, Blocked Sender Type, Is Regex, Notes",
        "blocked-senders-old|Blocked_Sender, Notes",
        "allow-policies|Values, Rule Type, Is Regex, Sender Verification, Trusted Sender,"
            + " Exempt Recipient, Acceptable Sender, Notes",
        "trusted-domains|Domain, Proximity, New, Is Regex, Notes",
        "impersonation-registry|Display Name, Email"
      })
  void headersOfTheDashboardAreAsItHasThem(String file, String header) throws IOException {
    try (Stream<String> lines = Files.lines(SAMPLES.resolve("dashboard/" + file + ".csv"))) {
      assertThat(lines.findFirst()).contains(header);
    }
  }

  @Test
  void theFaultyOneHasExactlyItsFaults() throws IOException {
    CheckSummary summary = check("block-senders", "with-faults.csv");

    assertThat(summary)
        .isEqualTo(new CheckSummary(10, 5, 0, 0, 0, List.of(), CheckSummary.Rewritings.NONE, 0));
    assertThat(faults)
        .containsExactly(
            "line 3, pattern: invalid e-mail address: the domain is empty",
            "line 6, pattern: a private address cannot be a pattern",
            "line 8, pattern: not a Java regular expression: Unclosed group near position 28",
            "line 9, is_regex: must be true or false (yes, no, 1 and 0 will do)",
            "line 11, pattern_type: must be one of EMAIL, DOMAIN, IP; or leave the column out with"
                + " --map pattern_type=, and the type is found from the pattern");
  }

  @Test
  void theIndicatorsAreSoundOnceTheyAreRewritten() throws IOException {
    Path file = SAMPLES.resolve("indicators.txt");
    CheckSummary plain = check("block-senders", "indicators.txt");
    // In a plain list a comment is left out, with or without rewriting.
    assertThat(plain.invalid()).isEqualTo(plain.rows() - 1).isEqualTo(12);
    faults.clear();

    CheckSummary rewritten = check("block-senders", file, Inputs.normalized(options(file)));
    assertThat(faults).isEmpty();
    assertThat(rewritten)
        .isEqualTo(
            new CheckSummary(
                13,
                0,
                0,
                0,
                0,
                List.of("2 rewritten rows match more than what is written, the first on line 5"),
                new CheckSummary.Rewritings(13, 0, 2),
                0));
  }

  @Test
  void theFeedInTheMannerOfAHostsFileIsSoundOnceItIsRewritten() throws IOException {
    Path file = SAMPLES.resolve("feeds/hosts.txt");

    CheckSummary rewritten = check("block-senders", file, Inputs.normalized(options(file)));

    assertThat(faults).isEmpty();
    assertThat(rewritten.rows()).isEqualTo(4);
    assertThat(rewritten.invalid()).isZero();
  }

  @Test
  void theJobThatTheReadmeShowsReadsThatFeed() throws IOException {
    Path file = SAMPLES.resolve("feeds/hosts.txt");
    Matcher job =
        Pattern.compile("`(\\{\"kind\":\"feed\".*?})`")
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(job.find()).isTrue();
    FeedSpec spec = (FeedSpec) new JsonMapper().readValue(job.group(1), JobSpec.class);

    CheckSummary read =
        check(
            "block-senders",
            file,
            requireNonNull(spec.reading())
                .orElse("list", "UTF-8")
                .request(Catalog.get("block-senders"), "hosts.txt", Mode.MIRROR, OptionNames.API)
                .input());

    assertThat(faults).isEmpty();
    assertThat(read.invalid()).isZero();
  }

  @Test
  void noSampleIsLeftUntried() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      assertThat(
              files
                  .map(file -> SAMPLES.relativize(file).toString().replace('\\', '/'))
                  .filter(file -> !file.startsWith("service/"))
                  .filter(file -> InputFormat.ofFileName(file).isPresent()))
          .containsExactlyInAnyOrder(
              "allow-policies.jsonl",
              "block-senders.csv",
              "blocked.txt",
              "content-policies.csv",
              "dashboard/allow-policies.csv",
              "dashboard/blocked-senders-old.csv",
              "dashboard/blocked-senders.csv",
              "dashboard/impersonation-registry.csv",
              "dashboard/trusted-domains.csv",
              "feeds/analyst.csv",
              "feeds/hosts.txt",
              "feeds/phishing.csv",
              "indicators.txt",
              "sending-domain-restrictions.csv",
              "url-ignore-patterns.csv",
              "with-faults.csv");
    }
  }

  @Test
  void theDashboardAsksForMetricsOfTheServiceAlone() throws IOException {
    JsonNode dashboard =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(SAMPLES.resolve("service/grafana-dashboard.json")));
    List<String> asked = new ArrayList<>();
    dashboard
        .path("panels")
        .forEach(
            panel ->
                panel
                    .path("targets")
                    .forEach(target -> asked.add(target.path("expr").asString(""))));
    assertThat(asked).hasSizeGreaterThan(7).allMatch(query -> query.contains("sluice_"));
  }

  private static List<String> key(ObjectNode sender) {
    return NaturalKey.of(Catalog.get("block-senders"), sender).orElseThrow().folded();
  }

  private static List<ObjectNode> records(String resource, String sample) throws IOException {
    List<ObjectNode> records = new ArrayList<>();
    Path file = SAMPLES.resolve(sample);
    try (InputReader reader =
        InputReader.open(Catalog.get(resource), options(file), Files.newInputStream(file))) {
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        records.add(row.record());
      }
    }
    return records;
  }

  private static InputOptions options(Path file) {
    return InputOptions.of(InputFormat.ofFileName(file.toString()).orElseThrow());
  }

  private CheckSummary check(String resource, String sample) throws IOException {
    Path file = SAMPLES.resolve(sample);
    return check(resource, file, options(file));
  }

  private CheckSummary check(String resource, Path file, InputOptions options) throws IOException {
    CheckRequest request =
        new CheckRequest(Catalog.get(resource), options, Level.STRICT, Mode.UPSERT);
    InputCheck check =
        new InputCheck(InputSource.file(file, scratch), request, scratch, new StopSignal());
    try (CheckedInput checked = check.run(this::watch)) {
      return checked.summary();
    }
  }

  private void watch(RunEvent event) {
    if (event instanceof RunEvent.FaultFound found) {
      InputFault fault = found.fault();
      faults.add("line " + fault.line() + ", " + fault.column() + ": " + fault.reason());
    }
  }
}
