package io.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {
  private static final String HEADER = "pattern,pattern_type,is_regex,comments\n";

  @Test
  void cellsBecomeValuesOfTheirFieldsTypes() throws IOException {
    assertThat(read(HEADER + "a@example.com,EMAIL,no,hello\n").records())
        .containsExactly(
            "{\"pattern\":\"a@example.com\",\"pattern_type\":\"EMAIL\",\"is_regex\":false,"
                + "\"comments\":\"hello\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderTellsTheDelimiter(String delimiter) throws IOException {
    String text = "pattern,comments\na.example,\"x,y;z\tw\"\n";
    String other = text.replace("pattern,", "pattern" + delimiter).replace("e,", "e" + delimiter);
    assertThat(read(other).records())
        .containsExactly("{\"pattern\":\"a.example\",\"comments\":\"x,y;z\\tw\"}");
  }

  @Test
  void delimitersInsideTheQuotesOfTheHeaderDoNotCount() throws IOException {
    Inputs input = Inputs.csv("block_senders", "\"a;b;c;d\",pattern\n1,x.example\n");
    assertThat(input.map("a;b;c;d", "").read().records())
        .containsExactly("{\"pattern\":\"x.example\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyLineEndIsTakenAndLinesAreCounted(String end) throws IOException {
    String text = "pattern,comments\na,1\n\n   \nb,\"two\nlines\"\nc,3";
    List<InputRow> rows = read(text.replace("\n", end)).rows();
    assertThat(rows).extracting(InputRow::row).containsExactly(1L, 2L, 3L);
    assertThat(rows).extracting(InputRow::line).containsExactly(2L, 5L, 7L);
    assertThat(rows.get(1).record().path("comments").asString()).isEqualTo("two" + end + "lines");
  }

  @Test
  void anEmptyCellIsNotGivenAndAQuotedOneIsAnEmptyText() throws IOException {
    assertThat(read(HEADER + "a,,,\nb,\"\",\"\",\"\"\nc,\\N,\\N,\\N\n").records())
        .containsExactly(
            "{\"pattern\":\"a\"}",
            "{\"pattern\":\"b\",\"comments\":\"\"}",
            "{\"pattern\":\"c\",\"pattern_type\":null,\"is_regex\":null,\"comments\":null}");
  }

  @Test
  void theSourceTellsAnEmptyCellFromAQuotedEmptyOne() throws IOException {
    InputRow row = read("pattern,comments,is_regex\n x,\"\",\n").rows().get(0);
    assertThat(row.source()).isEqualTo(new RowSource.Cells(Arrays.asList(" x", "", null), null));
  }

  @Test
  void oneLeadingBlankIsDroppedOnlyWhereTheHeaderHasOne() throws IOException {
    assertThat(read("Pattern, Notes\na,  two \nb, \"x, y\"\nc,\" kept\"\n").records())
        .containsExactly(
            "{\"pattern\":\"a\",\"comments\":\" two \"}",
            "{\"pattern\":\"b\",\"comments\":\"x, y\"}",
            "{\"pattern\":\"c\",\"comments\":\" kept\"}");
    assertThat(read("Pattern,Notes\na, one\n").records())
        .containsExactly("{\"pattern\":\"a\",\"comments\":\" one\"}");
  }

  @Test
  void aRowOfAnotherLengthIsAFaultThatNamesBothCounts() throws IOException {
    Inputs.Result result = read("pattern,comments\na,b,c\nd\ne,f\n");
    assertThat(result.faults())
        .extracting(InputFault::reason)
        .satisfiesExactly(
            many ->
                assertThat(many).contains("2 columns in the header, but 3 in the row", "quotes"),
            few -> assertThat(few).contains("2 columns in the header, but 1 in the row"));
    assertThat(result.rows()).hasSize(3).last().extracting(InputRow::faults).isEqualTo(List.of());
  }

  @Test
  void emptyCellsBehindTheLastColumnAreSaidToBeEmpty() throws IOException {
    assertThat(read("pattern,comments\na,b,,\n").faults())
        .extracting(InputFault::reason)
        .containsExactly(
            "2 columns in the header, but 4 in the row: the others are empty; take the ',' at the"
                + " end off");
  }

  @Test
  void aStrayQuoteIsAFaultOfItsCell() throws IOException {
    Inputs.Result result = read("pattern,comments\na,5\" pipe\nb,ok\n");
    assertThat(result.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(2);
              assertThat(fault.column()).isEqualTo("comments");
              assertThat(fault.value()).isEqualTo("5\" pipe");
              assertThat(fault.reason()).contains("quote inside a cell");
            });
    assertThat(result.records()).last().isEqualTo("{\"pattern\":\"b\",\"comments\":\"ok\"}");
  }

  @Test
  void textBehindAClosingQuoteIsAFaultOfItsRow() throws IOException {
    Inputs.Result result = read("pattern,comments\na,\"say \"hi\", you\"\nb,ok\n");
    assertThat(result.faults())
        .extracting(InputFault::reason)
        .first()
        .asString()
        .contains("behind");
    assertThat(result.rows()).hasSize(2);
    assertThat(result.rows().get(1).faults()).isEmpty();
  }

  @Test
  void aQuoteThatSwallowedLinesStopsTheReadingAndNamesWhereItOpened() {
    assertThatThrownBy(() -> read("pattern,comments\na,\"open\nb,\"x\"\nc,3\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("line 2, column 3: ")
        .hasMessageContaining("closed in line 3");
    assertThatThrownBy(() -> read("pattern,comments\na,1\nb,\"open\nc,3\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("line 3, column 3: ")
        .hasMessageContaining("never closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void aQuoteLeftOpenOnTheLastLineIsAFaultOfThatRow(String end) throws IOException {
    Inputs.Result result = read("pattern,comments\na,1\nb,\"open" + end);
    assertThat(result.faults()).singleElement().extracting(InputFault::line).isEqualTo(3L);
    assertThat(result.records()).last().isEqualTo("{\"pattern\":\"b\",\"comments\":\"open\"}");
  }

  @Test
  void aNulIsAFaultAndShownEscaped() throws IOException {
    assertThat(read("pattern,comments\na,x\0y\0z\n").faults())
        .singleElement()
        .isEqualTo(
            new InputFault(2, "comments", "x\\u0000y\\u0000z", "a NUL character: take it out"));
  }

  @Test
  void everyFaultOfARowIsReported() throws IOException {
    Inputs.Result result =
        Inputs.csv("trusted_domains", "Domain,New,Proximity,Is Regex\nx.example,maybe,ja,nein\n")
            .read();
    assertThat(result.faults())
        .extracting(InputFault::column)
        .containsExactly("New", "Proximity", "Is Regex");
    assertThat(result.faults()).extracting(InputFault::value).contains("maybe");
    assertThat(result.records()).containsExactly("{\"pattern\":\"x.example\"}");
  }

  @Test
  void dottedColumnsBuildNestedObjectsAndListsArePartedBySemicolons() throws IOException {
    String text =
        """
        domain,regions,ip_restrictions,authorization.authorized,lookback_hops
        x.example,DE;US,[],yes,3
        y.example,"[""a;b""]",,,
        z.example,[broken,,,1.5
        """;
    Inputs.Result result = Inputs.csv("domains", text).read();
    assertThat(result.records())
        .startsWith(
            "{\"domain\":\"x.example\",\"regions\":[\"DE\",\"US\"],\"ip_restrictions\":[],"
                + "\"authorization\":{\"authorized\":true},\"lookback_hops\":3}",
            "{\"domain\":\"y.example\",\"regions\":[\"a;b\"]}");
    assertThat(result.faults())
        .extracting(InputFault::column)
        .containsExactly("regions", "lookback_hops");
  }

  @Test
  void columnsWithoutANameMustBeEmpty() throws IOException {
    Inputs.Result result = read("pattern,comments,,\na,b,,\nc,d,stray,\n");
    assertThat(result.faults())
        .singleElement()
        .extracting(InputFault::reason)
        .asString()
        .contains("column 3 has no name");
  }

  @Test
  void marksAgainstSpreadsheetsAreTakenOffOnlyWhereTheHeaderSaysSo() throws IOException {
    assertThat(read("pattern,_excel_safe\n'=1+1,\n''x,\n").records())
        .containsExactly("{\"pattern\":\"=1+1\"}", "{\"pattern\":\"'x\"}");
    assertThat(read("pattern,comments\n'=1+1,\n").records())
        .containsExactly("{\"pattern\":\"'=1+1\"}");
  }

  @Test
  void fixedValuesLeaveWhatARowGivesUnderAnOldName() throws IOException {
    Inputs input = Inputs.csv("allow_policies", "pattern,is_sender\na,true\nb,\n");
    assertThat(input.set("is_trusted_sender", "no").read().records())
        .containsExactly(
            "{\"pattern\":\"a\",\"is_sender\":true}",
            "{\"pattern\":\"b\",\"is_trusted_sender\":false}");
  }

  @Test
  void fixedValuesFillWhatARowDoesNotGive() throws IOException {
    Inputs input = Inputs.csv("block_senders", "pattern,comments\na,\nb,own\nc,\\N\nd,\"\"\n");
    assertThat(input.set("Notes", "all", "is_regex", "no").read().records())
        .containsExactly(
            "{\"pattern\":\"a\",\"comments\":\"all\",\"is_regex\":false}",
            "{\"pattern\":\"b\",\"comments\":\"own\",\"is_regex\":false}",
            "{\"pattern\":\"c\",\"comments\":null,\"is_regex\":false}",
            "{\"pattern\":\"d\",\"comments\":\"\",\"is_regex\":false}");
    assertThatThrownBy(() -> input.set("coments", "x").read()).hasMessageContaining("'comments'");
    assertThatThrownBy(() -> input.set("is_regex", "x").read()).hasMessageContaining("true or");
    assertThatThrownBy(() -> input.set("notes", "x", "comments", "y").read())
        .hasMessageContaining("twice");
  }

  private static Inputs.Result read(String text) throws IOException {
    return Inputs.csv("block_senders", text).read();
  }
}
