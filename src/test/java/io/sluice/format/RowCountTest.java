package io.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.csv.CsvWriterTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that Sluice wrote is counted; one that it cannot have written is refused. */
final class RowCountTest {
  private static final Resource BLOCKS = Catalog.get("block_senders");
  private static final String JSONL = "{\"id\":\"1\"}\n{\"id\":\"2\",\"x\":{\"y\":[1]}}\n";

  @Test
  void everyLineIsARow() throws IOException {
    assertThat(jsonl(JSONL)).isEqualTo(2);
    assertThat(jsonl("")).isZero();
  }

  @Test
  void aJsonlFileCutAnywhereInALineIsCutOff() {
    for (int length = 1; length < JSONL.length(); length++) {
      String cut = JSONL.substring(0, length);
      if (!cut.endsWith("\n")) {
        assertThatThrownBy(() -> jsonl(cut)).isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]",
        "1",
        "null",
        "\"x\"",
        "``",
        "` `",
        "{",
        "{\"a\":}",
        "{} {}",
        "{}x",
        "{\"a\":01}",
        "{\"a\":\"\t\"}"
      })
  void aLineThatIsNoRecordIsNamed(String line) {
    assertThatThrownBy(() -> jsonl("{}\n" + line + "\n{}\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("line 2 is not a JSON record");
  }

  @Test
  void badUtf8InALineIsNamed() {
    byte[] bytes = "{}\n{\"a\":\"x\"}\n".getBytes(UTF_8);
    bytes[9] = (byte) 0xC3;
    assertThatThrownBy(() -> RowCount.of(RowFormat.JSONL, BLOCKS, new ByteArrayInputStream(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void csvRowsAreCountedWithoutTheHeader() throws IOException {
    assertThat(csv(written())).isEqualTo(2);
    assertThat(csv(CsvWriterTest.csvOf(BLOCKS, true, List.of("{}")))).isEqualTo(1);
    assertThat(csv(CsvWriterTest.csvOf(BLOCKS, false, List.of()))).isZero();
  }

  @Test
  void aCsvFileCutAnywhereInARowIsCutOff() throws IOException {
    byte[] whole = written().getBytes(UTF_8);
    String text = new String(whole, UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      boolean betweenRows =
          text.substring(0, length).endsWith("_extra\r\n")
              || text.substring(0, length).endsWith("first,,,,\r\n");
      if (!betweenRows) {
        assertThatThrownBy(() -> RowCount.of(RowFormat.CSV, BLOCKS, new ByteArrayInputStream(cut)))
            .describedAs("cut at %d of %d", length, whole.length)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void anEmptyCsvFileHasNoHeader() {
    assertThatThrownBy(() -> csv(""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header");
  }

  @Test
  void theHeaderOfAnotherResourceIsRefused() throws IOException {
    String other = CsvWriterTest.csvOf(Catalog.get("domains"), false, List.of());
    assertThatThrownBy(() -> csv(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("block-senders");
  }

  @Test
  void aRowWithMoreOrFewerCellsIsNamed() throws IOException {
    String whole = written();
    assertThatThrownBy(() -> csv(whole + "1,2,3\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("row 3 has 3 cells, not 9");
    assertThatThrownBy(() -> csv(whole.replace("first,", "first,,")))
        .isInstanceOf(IOException.class)
        .hasMessage("row 1 has 10 cells, not 9");
    assertThat(csv(whole + "\r\n")).describedAs("a blank line is no row").isEqualTo(csv(whole));
  }

  @Test
  void badUtf8InARowIsSaidInWords() throws IOException {
    byte[] bytes = written().getBytes(UTF_8);
    bytes[bytes.length - 20] = (byte) 0xC3;
    assertThatThrownBy(() -> RowCount.of(RowFormat.CSV, BLOCKS, new ByteArrayInputStream(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aQuoteOutOfPlaceIsRefused() throws IOException {
    assertThatThrownBy(() -> csv(written() + "\"a\"b,,,,,,,,\r\n")).isInstanceOf(IOException.class);
  }

  private static String written() throws IOException {
    return CsvWriterTest.csvOf(
        BLOCKS,
        false,
        List.of(
            "{\"id\":\"1\",\"comments\":\"first\"}",
            "{\"id\":\"2\",\"comments\":\"a \\\"b\\\"\\nc,d\",\"x\":{\"y\":\"z \\\"\"}}"));
  }

  private static long jsonl(String text) throws IOException {
    return RowCount.of(RowFormat.JSONL, BLOCKS, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static long csv(String text) throws IOException {
    return RowCount.of(RowFormat.CSV, BLOCKS, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
