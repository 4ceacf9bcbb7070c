package io.sluice.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.Inputs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What columns may mean, before all of them are understood. */
final class CsvOutlineTest {
  private static final String FILE =
      "Indikator;Grund der Sperre;Ticket;comments\nevil.example;phish;7;x\nbad.example;spam;8;y\n";

  @Test
  void columnsWithoutAMeaningAreProposedOneByTheirValuesAndNames() throws IOException {
    assertThat(outline(FILE.replace(";comments", ";Datum"), Map.of()))
        .extracting(CsvOutline.Column::proposed)
        .containsExactly("pattern", "comments", "", "");
  }

  @Test
  void nothingIsProposedTwiceOrForColumnsThatMeanSomething() throws IOException {
    assertThat(outline(FILE, Map.of()))
        .extracting(CsvOutline.Column::proposed)
        .containsExactly("pattern", "", "", null);
    assertThat(outline(FILE, Map.of("Indikator", "pattern", "Ticket", "")))
        .extracting(CsvOutline.Column::proposed)
        .containsExactly(null, "", null, null);
  }

  @Test
  void aNumberNeverMeansAColumnThatAnImportAdded() throws IOException {
    String failed = "1,_outcome,_line\nevil.example,invalid,2\n";
    assertThatThrownBy(
            () -> Inputs.csv("block_senders", failed).map("1", "pattern", "2", "comments").read())
        .hasMessageContaining("the file has no such column");
    assertThat(Inputs.csv("block_senders", failed).map("1", "pattern").read().records())
        .containsExactly("{\"pattern\":\"evil.example\"}");
  }

  @Test
  void theAdviceLeavesOutColumnsWithoutANameToo() {
    assertThatThrownBy(() -> Inputs.csv("block_senders", "Sender,Why,\nevil.example,x,MK\n").read())
        .hasMessageContaining("without a name, and left out by number: column 3")
        .hasMessageContaining("--map 3=");
  }

  private static List<CsvOutline.Column> outline(String text, Map<String, String> mapping)
      throws IOException {
    InputOptions options =
        new InputOptions(InputFormat.CSV, StandardCharsets.UTF_8, mapping, Map.of(), false);
    return CsvOutline.read(
            Catalog.get("block-senders"),
            options,
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .columns();
  }
}
