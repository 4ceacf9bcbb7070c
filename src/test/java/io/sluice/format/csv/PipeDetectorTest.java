package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.format.InputException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.format.TextGuess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipeDetectorTest {
  private static final InputOptions CSV = InputOptions.of(InputFormat.CSV);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pattern|comments\na.example|x\n",
        "pattern| comments\na.example| x\n",
        "\"pattern\"|\"comments\"\n\"a.example\"|\"x\"\n",
        "Pattern|Notes\r\na.example|x\r\n",
        "# a feed\npattern|comments\na.example|x\n",
        "# pattern|comments\na.example|x\n",
        "sep=|\npattern|comments\na.example|x\n",
      })
  void namesOfFieldsArePartedByPipes(String text) throws IOException {
    assertThat(read(CSV, text)).containsExactly("{\"pattern\":\"a.example\",\"comments\":\"x\"}");
  }

  @Test
  void whatStandsInAPartedCellIsNoDelimiter() throws IOException {
    assertThat(read(CSV, "pattern|comments\na.example|bad, very; x\nb.example|\"y|z\"\n"))
        .containsExactly(
            "{\"pattern\":\"a.example\",\"comments\":\"bad, very; x\"}",
            "{\"pattern\":\"b.example\",\"comments\":\"y|z\"}");
  }

  @Test
  void aRowWithTooFewCellsIsAFaultOfThatRow() throws IOException {
    CsvOutline outline =
        outline(CSV, "pattern|comments\na.example|x\nb.example\nc.example|y\nd.example|z\n");
    assertThat(outline.delimiter()).isEqualTo('|');
  }

  @Test
  void otherNamesArePartedWhereOneColumnHoldsPatterns() throws IOException {
    CsvOutline outline =
        outline(CSV, "indicator|threat name|seen\nevil.example|x|2026\nbad.example|y|2025\n");
    assertThat(outline.columns())
        .extracting(CsvOutline.Column::name)
        .containsExactly("indicator", "threat name", "seen");
    assertThatThrownBy(() -> read(CSV, "indicator|seen\nevil.example|1\nbad.example|2\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--map indicator=pattern");
  }

  @Test
  void rowsWithoutAHeaderArePartedWhereOneColumnHoldsPatterns() throws IOException {
    String rows = "evil.example|DOMAIN|bad, very\nbad.example|DOMAIN|x\n";
    assertThatThrownBy(() -> read(CSV, rows))
        .hasMessageContaining("--no-header --map 1=pattern --map 2=pattern_type");
    InputOptions mapped =
        new InputOptions(
                InputFormat.CSV,
                UTF_8,
                Map.of("1", "pattern", "2", "pattern_type", "3", "comments"),
                Map.of(),
                false)
            .with(InputOptions.Header.ABSENT);
    assertThat(read(mapped, rows))
        .containsExactly(
            "{\"pattern\":\"evil.example\",\"pattern_type\":\"DOMAIN\",\"comments\":\"bad, very\"}",
            "{\"pattern\":\"bad.example\",\"pattern_type\":\"DOMAIN\",\"comments\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a|b",
        "evil|bad",
        "evil.example|bad.example",
        "(evil|bad)\\.example",
        "^.*@(evil|bad)\\.example$",
        "(?i)invoice|rechnung",
      })
  void aRegularExpressionIsOneCell(String expression) throws IOException {
    String rows = (expression + "\n").repeat(3);
    InputOptions mapped =
        new InputOptions(InputFormat.CSV, UTF_8, Map.of("1", "pattern"), Map.of(), false);
    String record = "{\"pattern\":\"" + expression.replace("\\", "\\\\") + "\"}";

    assertThat(read(CSV, "pattern\n" + rows)).containsOnly(record);
    assertThat(read(mapped.with(InputOptions.Header.ABSENT), rows)).containsOnly(record);
    assertThat(read(InputOptions.of(InputFormat.LIST), rows)).containsOnly(record);
    assertThat(outline(CSV, rows).columns()).hasSize(1);
    assertThat(TextGuess.of(stream(rows)).format()).isEqualTo(InputFormat.LIST);
  }

  @Test
  void aRegularExpressionBesideOtherCellsIsOneCell() throws IOException {
    assertThat(read(CSV, "pattern,comments\n(evil|bad)\\.example,x|y\n"))
        .containsExactly("{\"pattern\":\"(evil|bad)\\\\.example\",\"comments\":\"x|y\"}");
    assertThat(read(CSV, "pattern;comments\na|b;x\n"))
        .containsExactly("{\"pattern\":\"a|b\",\"comments\":\"x\"}");
  }

  @Test
  void namesThatSayNothingAreNotPartedButTheDelimiterCanBeNamed() {
    assertThatThrownBy(() -> read(CSV, "foo|bar\n1|2\n3|4\n"))
        .hasMessageContaining("if '|' parts the cells, say --delimiter pipe");
  }

  @Test
  void aListThatIsATableIsNamedByItsHeader() throws IOException {
    String rows = "pattern|comments\na.example|x\n";
    assertThatThrownBy(() -> read(InputOptions.of(InputFormat.LIST), rows))
        .hasMessageContaining("--format csv");
    assertThat(TextGuess.of(stream(rows)).format()).isEqualTo(InputFormat.CSV);
  }

  private static List<String> read(InputOptions options, String text) throws IOException {
    List<String> records = new ArrayList<>();
    try (InputReader reader =
        InputReader.open(Catalog.get("block-senders"), options, stream(text))) {
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        assertThat(row.faults()).isEmpty();
        records.add(row.record().toString());
      }
    }
    return records;
  }

  private static CsvOutline outline(InputOptions options, String text) throws IOException {
    return CsvOutline.read(Catalog.get("block-senders"), options, stream(text));
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
