package io.sluice.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.format.InputException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.Inputs;
import io.sluice.format.OptionNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines above the header that say what the file is: a title, its date. */
final class TitleLineTest {
  private static final String TITLED =
      "Sperrliste SOC Nord;;\r\n\r\n;;\r\nAbsender;Typ;Bemerkung\r\nevil.example;Domain;x\r\n";

  @Test
  void aTitleIsRefusedWithTheOptionThatReadsTheNamesBelowIt() {
    assertThatThrownBy(() -> Inputs.csv("block_senders", TITLED).read())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "line 1: 'Sperrliste SOC Nord' looks like a title: the names of the columns are in line"
                + " 4 ('Absender', 'Typ', 'Bemerkung'); read them there with --header-line 4, or say"
                + " --header if line 1 holds them");
  }

  @Test
  void theNamesAreReadWhereTheyAreAndTheLinesAboveAreSaid() throws IOException {
    Inputs.Result read = read(options().withHeaderLine(4), TITLED);

    assertThat(read.header()).containsExactly("Absender", "Typ", "Bemerkung");
    assertThat(read.rows()).singleElement().satisfies(row -> assertThat(row.line()).isEqualTo(5));
    assertThat(read.records()).containsExactly("{\"pattern\":\"evil.example\",\"comments\":\"x\"}");
    assertThat(read.warnings())
        .containsExactly("lines 1 to 3 are skipped: the names of the columns are in line 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Our list\npattern,comments\nevil.example,x\n",
        "Our list,\nSender,Why\nevil.example,x\n",
        "Our list\n\nSender\tWhy\nevil.example\tx\n",
        "Our list, 2026\nSender,Kind,Why\nevil.example,Domain,x\n",
        "Our list, 2026\npattern;comments\nevil.example;x\n",
        "Our list;2026;\n\nSender;Kind;Why\nevil.example;Domain;x\n",
        "Senders,,,Notes\npattern,pattern_type,is_regex,comments\nevil.example,DOMAIN,no,x\n"
      })
  void aTitleIsFoundHoweverItIsWritten(String text) {
    assertThatThrownBy(() -> Inputs.csv("block_senders", text).read())
        .hasMessageContaining("looks like a title")
        .hasMessageContaining("--header-line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pattern\nevil.example\nbad.example\n",
        "pattern,\nevil.example,\n",
        "Sender\nevil.example,x\nbad.example,y\n",
        "evil.example,\nSender,Why\nbad.example,y\n",
        "Sender,Why\nevil.example,x\n",
        "Sender,Why\nevil.example,so, then\nbad.example,x,y\n",
        "Sender,Why\nno domain,x\nbad.example,y\n",
        "Sender,Why\nevil.example,comments\nbad.example,y\n",
        "pattern,2026\nSender,Kind,Why\nevil.example,Domain,x\n"
      })
  void aHeaderOrARowOfDataIsNoTitle(String text) throws IOException {
    assertThat(outline(text).title()).isNull();
  }

  @Test
  void whoeverSaysWhatTheColumnMeansIsBelieved() throws IOException {
    String text = "Our senders\nSender,Why\nevil.example,x\n";
    InputOptions mapped =
        new InputOptions(
            InputFormat.CSV,
            StandardCharsets.UTF_8,
            Map.of("our senders", "pattern"),
            Map.of(),
            false);
    assertThat(outline(text, mapped).title()).isNull();
    assertThat(outline(text, options().with(InputOptions.Header.PRESENT)).title()).isNull();
  }

  @Test
  void aLineThatHoldsNoNamesIsRefused() {
    assertThatThrownBy(() -> read(options().withHeaderLine(2), TITLED))
        .hasMessage(
            "line 2: --header-line 2: the line is blank or a comment; the next with any text is 3");
    assertThatThrownBy(() -> read(options().withHeaderLine(9), TITLED))
        .hasMessage("--header-line 9: the file has no such line; its last is 6");
  }

  @Test
  void whatHasNoEffectIsRefused() {
    assertThatThrownBy(() -> options().with(InputOptions.Header.ABSENT).withHeaderLine(4))
        .hasMessage("--header-line and --no-header say opposite things: give one of them");
    assertThatThrownBy(() -> InputOptions.of(InputFormat.LIST).withHeaderLine(4))
        .hasMessageContaining("only a CSV file");
    assertThatThrownBy(() -> options().with(OptionNames.API).withHeaderLine(0))
        .hasMessage("header_line is the number of a line, from 1, not 0");
  }

  @Test
  void columnsWithoutANameAreToldApartByTheirNumbers() throws IOException {
    assertThat(outline("pattern,,,Why\nevil.example,a,b,c\n").columns())
        .extracting(CsvOutline.Column::key)
        .containsExactly("pattern", "2", "3", "Why");
    assertThat(outline("pattern,,2,Why,why\nevil.example,a,b,c,d\n").columns())
        .extracting(CsvOutline.Column::key)
        .containsExactly("pattern", "", "2", "Why", "why");
  }

  @Test
  void aColumnWithoutANameIsLeftOutByItsNumber() throws IOException {
    Inputs.Result read =
        Inputs.csv("block_senders", "pattern,,\nevil.example,a,b\n")
            .map("2", "", "3", "comments")
            .read();

    assertThat(read.faults()).isEmpty();
    assertThat(read.records()).containsExactly("{\"pattern\":\"evil.example\",\"comments\":\"b\"}");
  }

  private static InputOptions options() {
    return InputOptions.of(InputFormat.CSV);
  }

  private static Inputs.Result read(InputOptions options, String text) throws IOException {
    InputOptions mapped =
        new InputOptions(
                options.format(),
                options.encoding(),
                Map.of("Absender", "pattern", "Typ", "", "Bemerkung", "comments"),
                Map.of(),
                false)
            .withHeaderLine(options.headerLine());
    return new Inputs("block_senders", mapped, text.getBytes(StandardCharsets.UTF_8)).read();
  }

  private static CsvOutline outline(String text) throws IOException {
    return outline(text, options());
  }

  private static CsvOutline outline(String text, InputOptions options) throws IOException {
    return CsvOutline.read(
        Catalog.get("block_senders"),
        options,
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
