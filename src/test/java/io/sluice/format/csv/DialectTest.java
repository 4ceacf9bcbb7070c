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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DialectTest {

  @Test
  void cellsAreReadWithTheDelimiterAndTheQuotesThatAreNamed() throws IOException {
    assertThat(comments("pattern|comments\na.example|'x|y'\n", Dialect.of("pipe", "'")))
        .containsExactly("x|y");
    assertThat(comments("pattern:comments\na.example:\"x\n", Dialect.of(":", "none")))
        .containsExactly("\"x");
    assertThat(comments("pattern;comments\na.example;x,y\n", Dialect.of(";", null)))
        .containsExactly("x,y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "a", "7", "\"", "'", " ", "\n", "Comma"})
  void whatCannotPartCellsIsRefused(String delimiter) {
    assertThatThrownBy(() -> Dialect.of(delimiter, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be a delimiter");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "tab", "|"})
  void aDelimiterThatTheHeaderLacksIsNamedAsTheCause(String delimiter) {
    assertThatThrownBy(
            () -> comments("pattern,comments\na.example,x\n", Dialect.of(delimiter, null)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "line 1: the header 'pattern,comments' is one column with the delimiter that was given:"
                + " leave --delimiter out, or say --delimiter comma");
  }

  @Test
  void oneColumnMayHaveAnyDelimiter() throws IOException {
    assertThat(comments("pattern\na.example\n", Dialect.of(";", null))).containsExactly("");
  }

  @Test
  void anUnknownQuoteIsRefused() {
    assertThatThrownBy(() -> Dialect.of(null, "«")).hasMessageContaining("known are");
    assertThatThrownBy(() -> InputOptions.of(InputFormat.LIST).with(Dialect.of("|", null)))
        .hasMessageContaining("only a CSV file");
  }

  @Test
  void aFirstRowOfDataIsNoticedWithAnyDelimiter() {
    assertThatThrownBy(() -> comments("a.example|x\nb.example|y\n", Dialect.of("|", null)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("looks like data");
  }

  private static List<String> comments(String text, Dialect dialect) throws IOException {
    InputOptions options = InputOptions.of(InputFormat.CSV).with(dialect);
    List<String> comments = new ArrayList<>();
    try (InputReader reader =
        InputReader.open(
            Catalog.get("block-senders"),
            options,
            new ByteArrayInputStream(text.getBytes(UTF_8)))) {
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        comments.add(row.record().path("comments").asString(""));
      }
    }
    return comments;
  }
}
