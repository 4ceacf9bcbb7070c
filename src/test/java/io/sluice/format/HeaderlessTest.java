package io.sluice.format;

import static io.sluice.format.InputOptions.Header.ABSENT;
import static io.sluice.format.InputOptions.Header.PRESENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.format.csv.CsvOutline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose first row is data. */
class HeaderlessTest {
  private static final String FILE = "a.example;first, \"of\" all\nb.example;\"x;y\"\n";

  @Test
  void allRowsAreReadAndColumnsAreNumbers() throws IOException {
    Inputs.Result result = headerless(FILE).map("1", "pattern", "2", "comments").read();

    assertThat(result.records())
        .containsExactly(
            "{\"pattern\":\"a.example\",\"comments\":\"first, \\\"of\\\" all\"}",
            "{\"pattern\":\"b.example\",\"comments\":\"x;y\"}");
    assertThat(result.header()).containsExactly("1", "2");
    assertThat(result.rows().get(0).line()).isEqualTo(1);
    assertThat(result.faults()).hasSize(1);
  }

  @Test
  void whatIsWrittenAboveTheFirstRowIsPassedOver() throws IOException {
    Inputs file = headerless("sep=;\r\n# from the SIEM\r\n\r\n#2\r\na.example;c, d\r\n");
    Inputs.Result result = file.map("1", "pattern", "2", "comments").read();

    assertThat(result.records())
        .containsExactly("{\"pattern\":\"a.example\",\"comments\":\"c, d\"}");
    assertThat(result.rows().get(0).line()).isEqualTo(5);
  }

  @Test
  void aStrayQuoteInTheFirstRowTakesNoOtherRowWithIt() throws IOException {
    Inputs file = headerless("a.example,5\" disk\nb.example,y\nc.example,6\" disk\n");
    Inputs.Result result = file.map("1", "pattern", "2", "comments").read();

    assertThat(result.rows()).hasSize(3);
    assertThat(result.faults()).extracting(InputFault::line).containsExactly(1L, 3L);
  }

  @Test
  void aColumnWithoutAMeaningIsNamedByItsNumber() {
    refused(headerless("a.example,why\n"))
        .hasMessageContaining("('a.example'): say --map 1=pattern")
        .hasMessageContaining("--map 2=FIELD")
        .hasMessageContaining("All at once: --map 1=pattern --map 2=");
    refused(headerless("a.example,why\n").map("1", "pattern"))
        .hasMessageContaining("('why')")
        .hasMessageContaining("--map 2=FIELD, or --map 2= to leave it out");
    refused(headerless("a.example,why\n").map("3", "pattern"))
        .hasMessageContaining("no such column");
  }

  @Test
  void aRowOfAnotherLengthThanTheFirstIsAtFault() throws IOException {
    Inputs.Result result = headerless("a.example\nb.example,c\n").map("1", "pattern").read();

    assertThat(result.faults().get(0).reason()).startsWith("1 columns in the first row, but 2");
  }

  @Test
  void aHeaderIsNotReadAsData() {
    refused(headerless("Pattern;Notes\na.example;b\n").map("1", "pattern"))
        .hasMessageContaining("'Pattern', 'Notes'")
        .hasMessageContaining("leave --no-header out");
    refused(headerless("\n")).hasMessageContaining("empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example,why~b.example,x|--no-header --map 1=pattern --map 2=",
        "why,a.example~x,b.example|--no-header --map 1= --map 2=pattern",
        "a@b.example,EMAIL~c@d.example,email|--no-header --map 1=pattern --map 2=pattern_type",
        "192.0.2.1|--no-header --map 1=pattern, or with --format list",
        "evil[.]example,x|--no-header --map 1=pattern",
        "^.*@bad\\.example$,EMAIL,true,why one~b.example.net,DOMAIN,false,why two|--no-header --map 1=pattern --map 2=pattern_type --map 3=is_regex --map 4=comments",
        "b.example.net,DOMAIN,false,why two~c.example.net,DOMAIN,true,why|--map 3=is_regex --map 4=comments",
        "true,b.example.net~false,c.example.net|--no-header --map 1=pattern --map 2=",
        "a.example,comments~b.example,c|--no-header --map 1=pattern"
      })
  void dataInPlaceOfAHeaderAreRefusedWithTheOptionsThatReadThem(String file, String options) {
    String text = file.replace('~', '\n') + '\n';
    refused(Inputs.csv("block_senders", text)).hasMessageContaining(options);
    refused(Inputs.csv("block_senders", text).map("1", "pattern"))
        .hasMessageContaining(options)
        .hasMessageContaining("looks like data");
  }

  @Test
  void aNameThatIsDataIsRefusedHoweverItIsMapped() throws IOException {
    Inputs file = Inputs.csv("block_senders", "a.example,n\nb.example,m\n");
    Inputs mapped = file.map("a.example", "pattern", "n", "comments");

    refused(mapped).hasMessageContaining("say --header");
    assertThat(mapped.header(PRESENT).read().records())
        .containsExactly("{\"pattern\":\"b.example\",\"comments\":\"m\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source.ip,192.0.2.1",
        "source.domain,a.example",
        "threat.indicator.name,a.example",
        "alert.sender_x,a.example",
        "First.Seen,192.0.2.1"
      })
  void namesThatAreWrittenWithDotsAreNames(String columnAndValue) throws IOException {
    String[] parts = columnAndValue.split(",", -1);
    Inputs file = Inputs.csv("block_senders", parts[0] + ",x\n" + parts[1] + ",y\n");

    assertThat(file.map(parts[0], "pattern", "x", "").read().rows()).hasSize(1);
  }

  @Test
  void aFirstRowOfWhichNothingIsKnownIsShown() throws IOException {
    Inputs file = Inputs.csv("block_senders", "^a[0-9]$,x\n^b[0-9]$,y\n");

    assertThat(file.map("1", "pattern", "2", "").read().warnings())
        .containsExactly(
            "line 1 is read as the names of the columns: '^a[0-9]$', 'x'; if it is data, say"
                + " --no-header");
    assertThat(file.map("^a[0-9]$", "pattern", "x", "").read().warnings()).isEmpty();
    assertThat(file.header(ABSENT).map("1", "pattern", "2", "").read().records()).hasSize(2);
  }

  @Test
  void theOutlineSaysWhetherTheFileMayHaveNoHeader() throws IOException {
    assertThat(outline(Inputs.csv("block_senders", "a.example;x\nb.example;y\n")).data()).isTrue();
    assertThat(outline(Inputs.csv("block_senders", "pattern\na.example\n")).data()).isFalse();
    CsvOutline outline = outline(headerless(FILE));
    assertThat(outline.header()).isFalse();
    assertThat(outline.data()).isFalse();
    assertThat(outline.delimiter()).isEqualTo(';');
    assertThat(outline.columns()).extracting(CsvOutline.Column::name).containsExactly("1", "2");
    assertThat(outline.columns().get(0).examples()).containsExactly("a.example", "b.example");
  }

  /** Every line has one comma as well, in its prose. */
  @Test
  void aCommaInProseIsNoDelimiter() throws IOException {
    String text = "a.example;Doe, John\nb.example;Roe, Jane\n";
    Inputs file = Inputs.csv("block_senders", text).header(ABSENT);

    assertThat(outline(file).delimiter()).isEqualTo(';');
    assertThat(file.map("1", "pattern", "2", "comments").read().records())
        .containsExactly(
            "{\"pattern\":\"a.example\",\"comments\":\"Doe, John\"}",
            "{\"pattern\":\"b.example\",\"comments\":\"Roe, Jane\"}");
  }

  @Test
  void onlyCsvFilesHaveAHeader() {
    assertThatThrownBy(() -> InputOptions.of(InputFormat.LIST).with(ABSENT))
        .hasMessageContaining("only a CSV file");
  }

  private static CsvOutline outline(Inputs input) throws IOException {
    return CsvOutline.read(
        Catalog.get(input.resource()), input.options(), new ByteArrayInputStream(input.file()));
  }

  private static Inputs headerless(String text) {
    return Inputs.csv("block_senders", text).header(ABSENT);
  }

  private static AbstractThrowableAssert<?, ?> refused(Inputs input) {
    return assertThatThrownBy(input::read).isInstanceOf(InputException.class);
  }
}
