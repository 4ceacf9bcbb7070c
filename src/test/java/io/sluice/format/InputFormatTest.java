package io.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputFormatTest {

  @Test
  void theEndingOfAFilesNameTells() {
    assertThat(InputFormat.ofFileName("a/b.CSV")).contains(InputFormat.CSV);
    assertThat(InputFormat.ofFileName("b.tsv.gz")).contains(InputFormat.CSV);
    assertThat(InputFormat.ofFileName("b.jsonl")).contains(InputFormat.JSONL);
    assertThat(InputFormat.ofFileName("b.ndjson.GZ")).contains(InputFormat.JSONL);
    assertThat(InputFormat.ofFileName("b.json")).contains(InputFormat.JSONL);
    assertThat(InputFormat.ofFileName("b.txt")).contains(InputFormat.LIST);
    for (String silent : new String[] {"-", "csv", "b.xlsx", "b.gz", "b.csv.zip", "", "b.csv/x"}) {
      assertThat(InputFormat.ofFileName(silent)).as(silent).isEmpty();
    }
  }

  @Test
  void formatsAreNamedInAnyCase() {
    assertThat(InputFormat.named("Jsonl")).isEqualTo(InputFormat.JSONL);
    assertThatThrownBy(() -> InputFormat.named("xml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("csv, jsonl, list");
  }
}
