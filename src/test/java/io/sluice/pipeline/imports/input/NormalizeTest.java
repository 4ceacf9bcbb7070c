package io.sluice.pipeline.imports.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation.Level;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.Inputs;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.plan.Mode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Indicators as people pass them on, in whole inputs. */
final class NormalizeTest {
  private static final Resource SENDERS = Catalog.get("block-senders");
  private static final Resource ALLOWED = Catalog.get("allow-policies");

  @TempDir private Path directory = Path.of("");
  private final List<String> faults = new ArrayList<>();
  private final List<String> rewritten = new ArrayList<>();
  private final List<ValidatedRow> rows = new ArrayList<>();

  @Test
  void withoutItTheFaultNamesTheFormAndWhatWouldBecomeOfIt() throws IOException {
    CheckSummary summary = check(SENDERS, plain(InputFormat.LIST), "evil[.]example\n@d.example\n");

    assertThat(summary.invalid()).isEqualTo(2);
    assertThat(summary.rewritings()).isEqualTo(CheckSummary.Rewritings.NONE);
    assertThat(faults)
        .containsExactly(
            "1 is a defanged text | becomes evil.example",
            "2 is a wildcard for every address of a domain | becomes d.example");
  }

  @Test
  void withoutItATypeThatIsInferredStandsInNobodysWay() throws IOException {
    check(SENDERS, plain(InputFormat.LIST), "https://user@evil.example/\n");

    assertThat(faults)
        .containsExactly(
            "1 is a URL; this matches more than what is written | becomes evil.example");
  }

  @Test
  void whatWouldBeRefusedIsNotProposed() throws IOException {
    check(ALLOWED, plain(InputFormat.CSV), allowed("*.good.example"));

    assertThat(faults)
        .containsExactly(
            "1 is a wildcard for subdomains: good.example would exempt more than what is written;"
                + " if that is meant, write it | null");
  }

  @Test
  void aRangeThatReadsLikeANameIsNone() throws IOException {
    check(SENDERS, plain(InputFormat.LIST), "198.51.100.7-9\n192.0.2.1-3.example\n");

    assertThat(faults)
        .containsExactly("1 is a range of IP addresses | becomes 198.51.100.7, 198.51.100.8/31");
  }

  @Test
  void withItTheRowsSayWhatWasMeant() throws IOException {
    CheckSummary summary =
        check(
            SENDERS,
            normalized(InputFormat.LIST),
            """
            # from a report
            evil[.]example
            hxxp://bad.example/login # wave of May
            *@spam.example
            plain.example # wave of May
            ! title
            """);

    assertThat(faults).isEmpty();
    assertThat(summary.rows()).isEqualTo(5);
    assertThat(summary.valid()).isEqualTo(4);
    assertThat(summary.rewritings()).isEqualTo(new CheckSummary.Rewritings(4, 1, 0));
    assertThat(keys())
        .containsExactly(
            "DOMAIN evil.example",
            "DOMAIN bad.example",
            "DOMAIN spam.example",
            "DOMAIN plain.example",
            "remark: a comment");
    assertThat(rows.get(1).record().path("comments").asString()).isEqualTo("wave of May");
    assertThat(rewritten).contains("2 'evil[.]example' becomes evil.example");
  }

  @Test
  void aTypeThatTheRowGivesChangesWithTheWildcardAndIsReported() throws IOException {
    check(
        SENDERS,
        normalized(InputFormat.CSV),
        """
        pattern,pattern_type
        *@spam.example,EMAIL
        http://198.51.100.7/,DOMAIN
        https://evil.example/,EMAIL
        """);

    assertThat(keys()).startsWith("DOMAIN spam.example", "IP 198.51.100.7");
    assertThat(rewritten).contains("2 '*@spam.example' becomes spam.example (DOMAIN)");
    assertThat(faults)
        .containsExactly(
            "3 is a URL: evil.example is of type DOMAIN, and the row says EMAIL | null");
  }

  @Test
  void aCommentBehindAPatternJoinsTheRowsOwn() throws IOException {
    check(
        SENDERS,
        normalized(InputFormat.CSV, Map.of("comments", "feed")),
        """
        pattern,comments
        a.example # wave of May,SEC-1
        b.example # wave of May,
        c.example,
        """);

    assertThat(rows)
        .extracting(row -> row.record().path("comments").asString())
        .containsExactly("SEC-1; wave of May", "wave of May", "feed");
  }

  @Test
  void aRowsCommentStaysThoughAnotherFieldsFixedValueReadsTheSame() throws IOException {
    check(
        SENDERS,
        normalized(InputFormat.CSV, Map.of("Notes", "feed", "is_regex", "false")),
        """
        pattern,comments
        a.example # wave of May,false
        b.example # wave of May,feed
        """);

    assertThat(rows)
        .extracting(row -> row.record().path("comments").asString())
        .containsExactly("false; wave of May", "wave of May");
  }

  @Test
  void neitherRegularExpressionsNorRowsWithAnIdAreTouched() throws IOException {
    check(
        SENDERS,
        normalized(InputFormat.CSV),
        """
        id,pattern,pattern_type,is_regex
        ,.*@evil[.]example,EMAIL,true
        7,evil[.]example,DOMAIN,false
        """);

    assertThat(rewritten).isEmpty();
    assertThat(rows)
        .extracting(row -> row.record().path("pattern").asString())
        .containsExactly(".*@evil[.]example", "evil[.]example");
  }

  @Test
  void rowsWithAnIdAreLeftAsTheyAreWithAWarning() throws IOException {
    CheckSummary summary =
        check(
            SENDERS,
            normalized(InputFormat.CSV),
            """
            id,pattern,pattern_type
            7,evil[.]example,DOMAIN
            8,plain.example,DOMAIN
            9,*.x.example,DOMAIN
            """);

    assertThat(rewritten).isEmpty();
    assertThat(summary.warnings())
        .containsExactly(
            "2 rows were not normalized, since a row with an id stands for the record as the"
                + " account holds it (the first: line 2, 'evil[.]example'); if the ids are not the"
                + " account's, leave them out: --map id=");
  }

  @Test
  void namesLoseWhatNobodySeesAndItIsReported() throws IOException {
    String text =
        """
        Display Name,Email
        An\u200Bn\u00A0Lee,ann@corp.example
        \u202EBob,Bob <bob[@]corp.example>
        \u0646\u0627\u0645\u0647\u200C\u0627\u06CC,name@corp.example
        """;
    Resource people = Catalog.get("impersonation-registry");
    check(people, normalized(InputFormat.CSV), text);

    assertThat(faults).isEmpty();
    assertThat(rows)
        .extracting(row -> row.record().path("name").asString())
        .containsExactly("Ann Lee", "Bob", "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC");
    assertThat(rewritten)
        .containsExactly(
            "2 'An\u200Bn\u00A0Lee' becomes Ann Lee",
            "3 '\u202EBob, Bob <bob[@]corp.example>' becomes Bob, bob@corp.example");

    rows.clear();
    CheckSummary plain = check(people, plain(InputFormat.CSV), text);
    assertThat(plain.invalid()).isEqualTo(2);
    assertThat(faults)
        .startsWith(
            "1 not a name: U+200B (zero width space) at position 3 cannot be seen: remove it"
                + " | becomes Ann Lee");
  }

  @Test
  void aNameThatAnAccountHasIsKeptWithAWarning() throws IOException {
    CheckSummary summary =
        check(
            Catalog.get("impersonation-registry"),
            plain(InputFormat.CSV),
            "id,name,email\n7,An\u200Bn,ann@corp.example\n");

    assertThat(faults).isEmpty();
    assertThat(rows.get(0).unlessHeld()).isEmpty();
    assertThat(summary.warnings())
        .containsExactly(
            "1 row with an id has a name that is not what it seems to be, and is kept as it is (the"
                + " first is line 2: not a name: U+200B (zero width space) at position 3 cannot be"
                + " seen: remove it)");
  }

  @Test
  void commentsThatWereMovedMakeNoContradiction() throws IOException {
    CheckSummary summary =
        check(
            SENDERS,
            normalized(InputFormat.CSV),
            """
            pattern,comments
            a.example # wave of May,
            a.example,
            a.example # wave of June,
            b.example,own
            b.example # wave,own
            """);

    assertThat(faults).isEmpty();
    assertThat(summary.repeated()).isEqualTo(3);
    assertThat(rows.get(0).record().path("comments").asString()).isEqualTo("wave of May");
    assertThat(
            check(
                    SENDERS,
                    normalized(InputFormat.CSV),
                    "pattern,comments\na.example # x,y\na.example,z\n")
                .invalid())
        .isEqualTo(2);
  }

  @Test
  void fullwidthSpellingsAreNamedAndRewritten() throws IOException {
    check(SENDERS, plain(InputFormat.LIST), "\uFF45vil.example\n8.8.9.0/024\n");
    assertThat(faults)
        .containsExactly(
            "1 invalid domain: U+FF45 (fullwidth latin small letter e) at position 1 stands for a"
                + " plain one: write evil.example | becomes evil.example",
            "2 is an IP pattern with leading zeros | becomes 8.8.9.0/24");
  }

  @Test
  void listsThatExemptTakeNoRuleThatBlocksAndNothingWider() throws IOException {
    check(
        ALLOWED,
        normalized(InputFormat.CSV),
        allowed("good[.]example", "*@good.example", "||good.example^", "0.0.0.0 good.example")
            + allowed("https://good.example/", ".good.example")
                .lines()
                .skip(1)
                .reduce("", (all, line) -> all + line + "\n"));

    assertThat(rewritten).hasSize(2);
    assertThat(faults)
        .extracting(fault -> fault.substring(0, 1))
        .containsExactly("3", "4", "5", "6");
  }

  @Test
  void whereAnAddressIsWantedADomainIsRefused() throws IOException {
    check(
        Catalog.get("impersonation-registry"),
        normalized(InputFormat.CSV),
        """
        name,email
        Jane,Jane <jane[@]corp.example>
        All,*@corp.example
        """);

    assertThat(rows.get(0).record().path("email").asString()).isEqualTo("jane@corp.example");
    assertThat(faults).hasSize(1).first().asString().contains("of type DOMAIN, where EMAIL is");
  }

  @Test
  void oneRowMayNameSeveralRecords() throws IOException {
    CheckSummary summary =
        check(
            SENDERS,
            normalized(InputFormat.LIST),
            "198.51.100.7-198.51.100.9\nx.example\n0.0.0.0 a.example b.example c.example\n");

    assertThat(summary.rows()).isEqualTo(3);
    assertThat(summary.valid()).isEqualTo(3);
    assertThat(summary.rewritings().further()).isEqualTo(3);
    assertThat(rows).extracting(ValidatedRow::row).containsExactly(1L, 1L, 2L, 3L, 3L, 3L);
    assertThat(rows).extracting(ValidatedRow::number).containsExactly(1L, 4L, 2L, 3L, 5L, 6L);
  }

  @Test
  void aRowIsValidAsAWholeOrNotAtAll() throws IOException {
    CheckSummary summary =
        check(
            SENDERS,
            normalized(InputFormat.CSV),
            """
            pattern,comments
            0.0.0.0 a.example b.example,x
            a.example,y
            b.example,x
            """);

    assertThat(summary.invalid()).isEqualTo(2);
    assertThat(summary.repeated()).isZero();
    assertThat(rows).extracting(ValidatedRow::invalid).containsExactly(true, true, true, false);
    assertThat(faults).hasSize(2);
  }

  @Test
  void rowsThatBecomeTheSameAreOne() throws IOException {
    CheckSummary summary =
        check(SENDERS, normalized(InputFormat.LIST), "evil.example\nevil[.]example\n");

    assertThat(summary.repeated()).isEqualTo(1);
    assertThat(summary.invalid()).isZero();
  }

  @Test
  void hostBitsAreAlwaysWarnedOf() throws IOException {
    StringBuilder many = new StringBuilder("198.51.100.0/24\n");
    for (int i = 1; i <= 12; i++) {
      many.append("198.51.100.").append(i).append("/28\n");
    }
    CheckSummary summary = check(SENDERS, plain(InputFormat.LIST), many.toString());

    assertThat(summary.warnings())
        .hasSize(11)
        .startsWith("line 2: 198.51.100.1/28 has host bits set; it counts as 198.51.100.0/28")
        .endsWith("2 more rows have a block with host bits set");
  }

  @Test
  void otherWordsForTypesAreRewrittenAndReported() throws IOException {
    String csv =
        """
        pattern,pattern_type
        a@a.example,E-Mail
        b.example,Domäne
        192.0.2.1,IP-Adresse
        c[.]example,domain name
        d.example,planet
        """;
    CheckSummary summary = check(SENDERS, normalized(InputFormat.CSV), csv);

    assertThat(summary.rewritings().rows()).isEqualTo(4);
    assertThat(rows)
        .extracting(row -> row.record().path("pattern_type").asString())
        .containsExactly("EMAIL", "DOMAIN", "IP", "DOMAIN", "planet");
    assertThat(rewritten).anyMatch(each -> each.contains("Domäne") && each.contains("DOMAIN"));
    assertThat(faults).singleElement().asString().startsWith("5 must be one of");
  }

  private static InputOptions plain(InputFormat format) {
    return InputOptions.of(format);
  }

  private static InputOptions normalized(InputFormat format) {
    return Inputs.normalized(plain(format));
  }

  private static InputOptions normalized(InputFormat format, Map<String, String> fixed) {
    return new InputOptions(format, UTF_8, Map.of(), fixed, true);
  }

  private static String allowed(String... patterns) {
    StringBuilder csv =
        new StringBuilder(
            "pattern,is_trusted_sender,is_exempt_recipient,is_acceptable_sender,verify_sender\n");
    for (String pattern : patterns) {
      csv.append(pattern).append(",true,false,false,true\n");
    }
    return csv.toString();
  }

  private List<String> keys() {
    return rows.stream().map(row -> key(row.record(), row.remark())).toList();
  }

  private static String key(ObjectNode record, @org.jspecify.annotations.Nullable String remark) {
    return remark == null
        ? NaturalKey.of(SENDERS, record).orElseThrow().toString()
        : "remark: " + remark;
  }

  private CheckSummary check(Resource resource, InputOptions options, String text)
      throws IOException {
    Path scratch = Files.createTempDirectory(directory, "scratch");
    InputSource source =
        InputSource.spooled("-", new ByteArrayInputStream(text.getBytes(UTF_8)), scratch);
    CheckRequest request = new CheckRequest(resource, options, Level.STRICT, Mode.UPSERT);
    Consumer<RunEvent> events =
        event -> {
          if (event instanceof RunEvent.FaultFound found) {
            faults.add(found.row() + " " + found.fault().reason() + " | " + found.fault().remedy());
          } else if (event instanceof RunEvent.PatternRewritten form) {
            Rewritten row = form.row();
            rewritten.add(row.line() + " '" + row.written() + "' becomes " + row.becomes());
          }
        };
    try (CheckedInput checked =
        new InputCheck(source, request, scratch, new StopSignal()).run(events)) {
      try (CheckedInput.Rows passage = checked.open()) {
        for (ValidatedRow row = passage.next(); row != null; row = passage.next()) {
          assertThat(checked.row(row.number())).isEqualTo(row.row());
          rows.add(row);
        }
      }
      return checked.summary();
    }
  }
}
