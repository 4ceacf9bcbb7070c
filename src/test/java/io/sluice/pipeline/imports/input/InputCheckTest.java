package io.sluice.pipeline.imports.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation.Level;
import io.sluice.format.InputException;
import io.sluice.format.InputFault;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.ValidatedRow.Repetition;
import io.sluice.plan.Mode;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a whole input before anything is sent. */
final class InputCheckTest {
  private static final Resource SENDERS = Catalog.get("block-senders");

  @TempDir private Path directory = Path.of("");
  private boolean distinct;
  private final List<String> faults = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private Mode mode = Mode.UPSERT;

  private final List<Long> counting = new ArrayList<>();
  private final List<Long> superseding = new ArrayList<>();
  private Duplicates duplicates = Duplicates.REFUSE;

  @Test
  void everyFaultOfEveryRowIsToldWithItsLineAndColumn() throws IOException {
    CheckSummary summary =
        check(
            "Pattern,Pattern Type,Is Regex,Notes\nx@,EMAIL,maybe,\"a\nb\"\na@example.com,MAIL,,\n");

    assertThat(summary.rows()).isEqualTo(2);
    assertThat(summary.invalid()).isEqualTo(2);
    assertThat(faults)
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactly("1 line 2 Is Regex", "1 line 2 Pattern", "2 line 4 Pattern Type");
  }

  @Test
  void aRowThatRepeatsAnEarlierOneIsNoFault() throws IOException {
    CheckSummary summary = check("pattern,comments\na.example,x\nA.EXAMPLE,x\nb.example,x\n");

    assertThat(summary.repeated()).isEqualTo(1);
    assertThat(summary.valid()).isEqualTo(2);
    assertThat(faults).isEmpty();
  }

  @Test
  void rowsThatContradictEachOtherAreAllInvalid() throws IOException {
    CheckSummary summary =
        check("pattern,comments\na.example,x\nb.example,x\na.example,y\na.example,x\n");

    assertThat(summary.invalid()).isEqualTo(3);
    assertThat(summary.repeated()).isZero();
    assertThat(faults).extracting(fault -> fault.charAt(0)).containsExactly('1', '3', '4');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../x|cannot be an id of the account, which is a UUID or a number; if it is another",
        "evil.example|leave it out with --map id=",
        "2026-11-20 10:00:00|leave it out with --map id=",
        "44af6c39-c09b-49c5-9de2-394224b04982|",
        "023e105f4ecef8ad9ca31a8372d0c353|",
        "17|"
      })
  void whatCannotBeAnIdIsRefused(String id, String reason) throws IOException {
    CheckSummary summary = check("id,pattern,pattern_type\n" + id + ",a.example,DOMAIN\n");

    assertThat(summary.invalid()).isEqualTo(reason == null ? 0 : 1);
    if (reason != null) {
      assertThat(faults).singleElement().asString().startsWith("1 line 2 id").contains(reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":true,\"pattern\":\"a.example\"}|1 line 1 id: must be a text or a whole number",
        "{\"id\":\"\",\"pattern\":\"a.example\"}|1 line 1 id: an id cannot be empty; leave it out",
        "{\"id\":\"../x\",\"pattern\":\"a.example\"}|1 line 1 id: cannot be an id of the account",
        "{\"id\":-1,\"pattern\":\"a.example\"}|1 line 1 id: must be a text or a whole number",
        "{\"pattern\":5}|1 line 1 pattern: must be a text",
      })
  void jsonIsRefusedForOneReason(String row, String fault) throws IOException {
    check(SENDERS, InputOptions.of(InputFormat.JSONL), Level.STRICT, row);

    assertThat(faults).singleElement().asString().startsWith(fault);
  }

  @Test
  void aNullIsShownAsTheFileWritesIt() throws IOException {
    check("pattern,is_regex\na.example,\\N\n");

    assertThat(values).containsExactly("\\N");
  }

  @Test
  void textThatWasReadInAnotherEncodingIsWarnedOf() throws IOException {
    CheckSummary summary =
        check(
            """
            pattern,comments
            a.example,M\u00C3\u00BCller
            b.example,\u201CM\u00FCller\u201D
            c.example,it\u00E2\u20AC\u2122s
            d.example,S\u00C3O
            """);

    assertThat(summary.warnings())
        .containsExactly(
            "2 rows look like UTF-8 text that was read in another encoding (line 2:"
                + " 'M\u00C3\u00BCller' for 'M\u00FCller'); take the file from its source again, and"
                + " leave --encoding out if it is UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"FIRST, 2 3, 2 2", "LAST, 3 5, 5 5"})
  void ofRowsThatContradictEachOtherOneMayCount(Duplicates policy, String lines, String other)
      throws IOException {
    duplicates = policy;
    CheckSummary summary =
        check("pattern,comments\na.example,x\nb.example,x\nA.example,y\na.example,z\n");

    assertThat(summary.invalid()).isZero();
    assertThat(summary.superseded()).isEqualTo(2);
    assertThat(summary.valid()).isEqualTo(2);
    assertThat(counting.toString().replaceAll("[\\[\\],]", "")).isEqualTo(lines);
    assertThat(superseding.toString().replaceAll("[\\[\\],]", "")).isEqualTo(other);
    assertThat(faults).isEmpty();
    assertThat(summary.warnings())
        .containsExactly(
            "2 rows are skipped, since another row of the same key says otherwise: the "
                + policy.label()
                + " of each counts ("
                + (policy == Duplicates.FIRST ? "lines 4, 5)" : "lines 2, 4)"));
  }

  /** Line 4 says what line 2 says; of the three it is line 3 that differs. */
  @Test
  void whatIsSaidOfRowsOfOneKeyIsTrueOfEach() throws IOException {
    String text = "pattern,comments\na.example,x\na.example,y\na.example,x\n";
    assertThat(check(text).invalid()).isEqualTo(3);
    assertThat(faults.get(0))
        .endsWith(
            "rows with the same key contradict each other in comments; this is the first: correct"
                + " them, or let one of them count with --duplicates first or --duplicates last");
    assertThat(faults.subList(1, 3))
        .allSatisfy(
            fault ->
                assertThat(fault)
                    .contains("contradict each other in comments; the first is line 2: correct"));

    duplicates = Duplicates.FIRST;
    CheckSummary first = check(text);
    assertThat(first.superseded()).isEqualTo(1);
    assertThat(first.repeated()).isEqualTo(1);
    duplicates = Duplicates.LAST;
    CheckSummary last = check(text);
    assertThat(last.superseded()).isEqualTo(1);
    assertThat(last.repeated()).isEqualTo(1);
  }

  @Test
  void whatARowDoesNotGiveContradictsNothingAndTheFullerRowCounts() throws IOException {
    CheckSummary summary =
        check("pattern,comments\na.example,\nA.example,x\nb.example,y\na.example,x\nb.example,\n");

    assertThat(faults).isEmpty();
    assertThat(summary.invalid()).isZero();
    assertThat(summary.repeated()).isEqualTo(3);
    assertThat(counting).containsExactly(3L, 4L);
    assertThat(summary.warnings())
        .containsExactly(
            "2 rows are skipped, since another row of the same key says the same and gives more"
                + " fields: lines 2, 6");
  }

  @Test
  void rowsOfOneIdWithoutATypeContradictEachOtherByTheirPatterns() throws IOException {
    check("id,pattern\n7,a.example\n7,b.example\n8,C.example\n8,c.example\n");

    assertThat(faults)
        .hasSize(2)
        .allSatisfy(fault -> assertThat(fault).contains("contradict each other in"))
        .allSatisfy(fault -> assertThat(fault).contains("pattern"));
  }

  @Test
  void anIdAsANumberAndAsATextIsTheSame() throws IOException {
    String row = ",\"pattern\":\"a.example\"}\n";
    InputOptions jsonl = InputOptions.of(InputFormat.JSONL);
    CheckSummary summary =
        check(SENDERS, jsonl, Level.STRICT, "{\"id\":7" + row + "{\"id\":\"7\"" + row);

    assertThat(faults).isEmpty();
    assertThat(summary.repeated()).isEqualTo(1);
  }

  @Test
  void rowsOfOneIdContradictEachOtherByAPartOfTheirKey() throws IOException {
    Resource people = Catalog.get("impersonation-registry");
    InputOptions csv = InputOptions.of(InputFormat.CSV);
    check(people, csv, Level.STRICT, "id,email\n7,a@one.example\n7,b@one.example\n");

    assertThat(faults).hasSize(2).allSatisfy(fault -> assertThat(fault).contains("in email"));
  }

  @Test
  void flagsUnderTheirOldNamesCountAsGiven() throws IOException {
    Resource policies = Catalog.get("allow-policies");
    InputOptions csv = InputOptions.of(InputFormat.CSV);
    String old = "pattern,is_sender,is_recipient,is_spoof,verify_sender\na.example,yes,no,no,yes\n";
    check(policies, csv, Level.STRICT, old);

    assertThat(faults).isEmpty();
  }

  @Test
  void anotherWordForATypeIsInvalidAndTheCureIsSaid() throws IOException {
    check("pattern,pattern_type\na@a.example,E-Mail\nb.example,Domäne\n^b$,Regex\n");

    assertThat(faults).hasSize(3);
    assertThat(faults.get(0))
        .contains(
            "must be one of EMAIL, DOMAIN, IP; or leave the column out with --map"
                + " pattern_type=, and the type is found from the pattern");
    assertThat(faults.get(1)).contains("must be one of");
    assertThat(faults.get(2)).contains("a regular expression is no type: set is_regex to true");
  }

  @Test
  void aBrokenExpressionIsNoWildcard() throws IOException {
    check("pattern\n^.*@(evil|bad\\.example$\n^a.*\n");

    assertThat(faults)
        .hasSize(2)
        .allSatisfy(
            fault ->
                assertThat(fault)
                    .contains(
                        "looks like a regular expression, which it is only where is_regex is true")
                    .doesNotContain("wildcard"));
  }

  @Test
  void aRowWithoutAPatternHasOneFault() throws IOException {
    check("pattern,comments\n,x\n");
    assertThat(faults).singleElement().asString().endsWith("pattern: required");
  }

  @Test
  void aLineWithATotalIsNamed() throws IOException {
    check("pattern,comments\na.example,x\nTotal: 55 rows,\n");
    assertThat(faults).singleElement().asString().endsWith("a title or a total, take the line out");
  }

  @Test
  void rowsOfWhichNoneGivesAllAreRefused() throws IOException {
    String text =
        """
        {"id":"7","pattern":"a.example","pattern_type":"DOMAIN","is_regex":false}
        {"id":"7","comments":"x"}
        """;
    InputOptions jsonl = InputOptions.of(InputFormat.JSONL);
    assertThat(check(Catalog.get("block-senders"), jsonl, Level.STRICT, text).invalid())
        .isEqualTo(2);
    assertThat(faults.get(1))
        .contains("each give what another lacks (")
        .contains("comments")
        .contains("the first is line 1: put all of it into one row");
  }

  /** The API would take it, and an account's own record of that kind goes back as it was. */
  @Test
  void anExpressionThatNoUrlMatchesIsInvalidUnlessAnAccountHeldIt() throws IOException {
    String csv = "id,pattern\n,hxxps://a\n17,hxxps://b\n";
    Resource urls = Catalog.get("url-ignore-patterns");
    check(urls, InputOptions.of(InputFormat.CSV), Level.STRICT, csv);

    assertThat(faults).singleElement().asString().startsWith("1 line 2 pattern").contains("hxxp");
  }

  @Test
  void aFileWithoutDataRowsIsWarnedOf() throws IOException {
    assertThat(check("pattern,comments\n").warnings()).containsExactly("the input has no data row");
  }

  @Test
  void aRowThatIsAtFaultItselfDoesNotCount() throws IOException {
    duplicates = Duplicates.FIRST;
    check("pattern,is_regex,comments\na.example,maybe,x\na.example,no,y\na.example,no,z\n");

    assertThat(counting).containsExactly(3L);
    assertThat(superseding).containsExactly(3L);
    assertThat(faults).hasSize(1);
  }

  @Test
  void manyRowsOfFewKeysTakeNoMoreRoomThanTheirKeys() throws IOException {
    duplicates = Duplicates.LAST;
    StringBuilder rows = new StringBuilder("pattern,comments\n");
    for (int i = 0; i < 20_000; i++) {
      rows.append("host").append(i % 7).append(".example,").append(i).append('\n');
    }
    CheckSummary summary = check(rows.toString());

    assertThat(summary.superseded()).isEqualTo(20_000 - 7);
    assertThat(counting).containsExactly(19995L, 19996L, 19997L, 19998L, 19999L, 20000L, 20001L);
  }

  @Test
  void differentIdsAreNoDuplicates() throws IOException {
    CheckSummary summary =
        check("id,pattern,comments\n1,a.example,x\n2,a.example,y\n2,a.example,y\n");

    assertThat(summary.invalid()).isZero();
    assertThat(summary.repeated()).isEqualTo(1);
  }

  @Test
  void aRowThatIsWrongAnywayContradictsNobody() throws IOException {
    CheckSummary summary = check("pattern,is_regex\na.example,no\na.example,perhaps\n");

    assertThat(summary.invalid()).isEqualTo(1);
    assertThat(summary.valid()).isEqualTo(1);
  }

  @Test
  void whatOnlyTheAccountCanTellIsLeftToIt() throws IOException {
    CheckSummary summary = check("id,pattern,pattern_type\n7,old,UNKNOWN\n,new,UNKNOWN\n");

    assertThat(summary.undecided()).isEqualTo(1);
    assertThat(summary.invalid()).isEqualTo(1);
  }

  @Test
  void aFlagThatIsRequiredNamesTheOptionThatGivesItToAllRows() throws IOException {
    Resource domains = Catalog.get("trusted-domains");
    check(domains, InputOptions.of(InputFormat.CSV), Level.STRICT, "Domain\nexample.org\n");

    assertThat(faults)
        .anySatisfy(
            fault ->
                assertThat(fault.toString())
                    .contains("required: --set is_recent=false or --set is_recent=true"));
  }

  @Test
  void anExpressionOfAnotherDialectIsInvalidUnlessTheAccountMayHoldIt() throws IOException {
    String regex = "[[:alpha:]]+@evil,EMAIL,true\n";

    assertThat(check("pattern,pattern_type,is_regex\n" + regex).invalid()).isEqualTo(1);
    assertThat(check("id,pattern,pattern_type,is_regex\n7," + regex).invalid()).isZero();
  }

  /** A ticket system has a column of ids too; where the account has no such record, it is made. */
  @Test
  void aPatternWithoutATypeBesideAnIdIsLeftToTheAccountToo() throws IOException {
    CheckSummary summary =
        check("id,pattern\nINC-1,evil.example\nINC-2,bad domain\nINC-3,*@evil.example\n");

    assertThat(summary.undecided()).isEqualTo(2);
    assertThat(summary.invalid()).isZero();
  }

  @Test
  void lessIsCheckedIfLessIsAskedFor() throws IOException {
    String csv = "pattern,pattern_type\n10.0.0.1,IP\nx@,EMAIL\n";

    assertThat(check(csv, Level.STRICT).invalid()).isEqualTo(2);
    assertThat(check(csv, Level.BASIC).invalid()).isZero();
    assertThat(check(csv, Level.OFF).invalid()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"CREATE,1", "UPSERT,1", "UPDATE,1", "MIRROR,1", "DELETE,0"})
  void anIdWithNothingToSayIsEnoughForADeleteOnly(Mode mode, int invalid) throws IOException {
    this.mode = mode;

    assertThat(check("id,pattern,created_at\n7,,2026-01-01T00:00:00Z\n").invalid())
        .isEqualTo(invalid);
    assertThat(faults).allMatch(fault -> fault.contains("1 line 2 id: nothing beside the id"));
    faults.clear();
    assertThat(check("id,comments\n7,x\n8,\\N\n").invalid()).isZero();
  }

  @Test
  void anUnknownObjectWithAnIdIsNoValidRow() throws IOException {
    InputOptions jsonl = InputOptions.of(InputFormat.JSONL);
    String other = "{\"id\":5,\"created_at\":\"2026-01-01\",\"indicator\":\"evil.example\"}";

    assertThat(check(SENDERS, jsonl, Level.STRICT, other).valid()).isZero();
    assertThat(check(SENDERS, jsonl, Level.BASIC, "{\"id\":\"bundle\"}").valid()).isZero();
  }

  @Test
  void severalAddressesOfAPersonWantARowForEachUnlessABackupHoldsThem() throws IOException {
    Resource people = Catalog.get("impersonation-registry");
    InputOptions csv = InputOptions.of(InputFormat.CSV);
    String two = "\"z@a.example, zoe@b.example\"";

    assertThat(check(people, csv, Level.STRICT, "Display Name,Email\nZoe," + two).invalid())
        .isEqualTo(1);
    assertThat(faults)
        .singleElement()
        .asString()
        .contains("several values in one", "a row of its own");
    assertThat(check(people, csv, Level.STRICT, "id,name,email\n7,Zoe," + two).undecided())
        .isEqualTo(1);
  }

  @Test
  void anExportOfTheAccountIsSoundWhateverItHolds() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      for (Resource resource : Catalog.resources()) {
        String jsonl =
            sandbox.account().raw(resource.name()).stream()
                .map(record -> new String(record, UTF_8) + "\n")
                .collect(Collectors.joining());
        CheckSummary summary =
            check(resource, InputOptions.of(InputFormat.JSONL), Level.STRICT, jsonl);

        assertThat(faults).describedAs(resource.slug()).isEmpty();
        assertThat(summary.rows()).isEqualTo(sandbox.account().count(resource.name()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow-policies.jsonl",
        "block-senders.csv",
        "content-policies.csv",
        "sending-domain-restrictions.csv",
        "url-ignore-patterns.csv"
      })
  void theSampleOfEachKindIsSound(String name) throws IOException {
    Resource resource = Catalog.get(name.substring(0, name.indexOf('.')));
    String text = Files.readString(Path.of("samples", name));
    CheckSummary summary =
        check(
            resource,
            InputOptions.of(InputFormat.ofFileName(name).orElseThrow()),
            Level.STRICT,
            text);

    assertThat(faults).isEmpty();
    assertThat(summary.rows()).isPositive();
  }

  @Test
  void manyRepeatedRowsAreFoundAmongMany() throws IOException {
    String csv =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "host" + i % 50_000 + ".example," + (i % 50_000 < 100 ? i : 0))
            .collect(Collectors.joining("\n", "pattern,comments\n", "\n"));
    CheckSummary summary = check(csv);

    assertThat(summary.rows()).isEqualTo(60_000);
    assertThat(summary.invalid()).describedAs("100 that say otherwise, twice").isEqualTo(200);
    assertThat(summary.repeated()).isEqualTo(9_900);
  }

  @Test
  void aFileThatCannotBeReadOnEndsTheCheck() {
    assertThatThrownBy(() -> check("pattern,colour\na.example,red\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("colour");
  }

  @Test
  void stoppingEndsTheCheck() {
    stop.stop();
    assertThatThrownBy(() -> check("pattern\na.example\n"))
        .isInstanceOf(StopSignal.StoppedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | pattern|a.example|b.example
          true  | pattern,comments|a.example,x|b.example,x
          true  | pattern,is_regex|a.example,no|b.example,0
          true  | pattern|a.example|-not a name-
          false | pattern|a.example|A.EXAMPLE
          false | pattern,comments|a.example,x|a.example,y
          false | id,pattern|1,a.example|2,b.example
          false | id,pattern|,a.example|2,b.example
          false | pattern,is_regex|a.example,no|B.example,yes
          """)
  void rowsAreDistinctIfNothingCanMakeThemMeanTheSame(
      boolean distinct, String header, String one, String other) throws IOException {
    check(header + "\n" + one + "\n" + other + "\n");
    assertThat(this.distinct).isEqualTo(distinct);
  }

  /** Rows are told apart by their numbers: all of these begin on one line. */
  @ParameterizedTest
  @CsvSource({"REFUSE,2,0,0", "FIRST,0,2,0", "LAST,0,2,0"})
  void rowsOfAnArrayOnOneLineAreJudgedAsThoseOfSeveral(
      Duplicates policy, int invalid, int counted, int repeated) throws IOException {
    duplicates = policy;
    String array =
        "[{\"pattern\":\"a.example\",\"comments\":\"x\"},"
            + "{\"pattern\":\"b.example\"},"
            + "{\"pattern\":\"a.example\",\"comments\":\"y\"}]";
    CheckSummary summary = check(SENDERS, InputOptions.of(InputFormat.JSONL), Level.STRICT, array);

    assertThat(summary.invalid()).isEqualTo(invalid);
    assertThat(summary.repeated()).isEqualTo(repeated);
    assertThat(counting).hasSize(counted + (policy == Duplicates.REFUSE ? 1 : 0));
  }

  private CheckSummary check(String csv) throws IOException {
    return check(csv, Level.STRICT);
  }

  private CheckSummary check(String csv, Level level) throws IOException {
    return check(SENDERS, InputOptions.of(InputFormat.CSV), level, csv);
  }

  private CheckSummary check(Resource resource, InputOptions options, Level level, String text)
      throws IOException {
    Path scratch = Files.createTempDirectory(directory, "scratch");
    InputSource source =
        InputSource.spooled("-", new ByteArrayInputStream(text.getBytes(UTF_8)), scratch);
    CheckRequest request = new CheckRequest(resource, options, level, mode, duplicates);
    CheckedInput checked =
        new InputCheck(source, request, scratch, stop)
            .run(
                event -> {
                  if (event instanceof RunEvent.FaultFound found) {
                    InputFault fault = found.fault();
                    values.add(fault.value());
                    faults.add(
                        found.row()
                            + " line "
                            + fault.line()
                            + " "
                            + fault.column()
                            + ": "
                            + fault.reason());
                  }
                });
    assertJudgedAlikeAgain(checked);
    try (CheckedInput.Rows passage = checked.open()) {
      for (ValidatedRow row = passage.next(); row != null; row = passage.next()) {
        if (!row.settled()) {
          counting.add(row.line());
        } else if (row.repetition() instanceof Repetition.Superseded other) {
          superseding.add(other.line());
        }
      }
    }
    distinct = checked.distinct();
    checked.close();
    return checked.summary();
  }

  /** Every passage brings the judgements that were counted. */
  private static void assertJudgedAlikeAgain(CheckedInput checked) throws IOException {
    long rows = 0;
    long invalid = 0;
    long repeated = 0;
    long superseded = 0;
    try (CheckedInput.Rows passage = checked.open()) {
      for (ValidatedRow row = passage.next(); row != null; row = passage.next()) {
        assertThat(row.row()).isEqualTo(++rows);
        invalid += row.invalid() ? 1 : 0;
        repeated += row.repetition() instanceof Repetition.Repeats ? 1 : 0;
        superseded += row.repetition() instanceof Repetition.Superseded ? 1 : 0;
      }
    }
    assertThat(superseded).isEqualTo(checked.summary().superseded());
    assertThat(List.of(rows, invalid, repeated))
        .isEqualTo(
            List.of(
                checked.summary().rows(),
                checked.summary().invalid(),
                checked.summary().repeated()));
  }
}
