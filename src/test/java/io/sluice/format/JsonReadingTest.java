package io.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingTest {

  @Test
  void valuesKeepTheirTypes() throws IOException {
    String record =
        "{\"pattern\":7,\"is_regex\":\"yes\",\"comments\":null,\"pattern_type\":[true,1.50]}";
    Inputs.Result result = read(record + "\n\n  \n" + record);
    assertThat(result.records()).containsExactly(record, record);
    assertThat(result.rows()).extracting(InputRow::line).containsExactly(1L, 4L);
    assertThat(result.rows().get(0).source()).isEqualTo(new RowSource.Line(record));
  }

  @Test
  void rowsOfAListThatDoesTheOppositeAreRefusedEvenWithAnId() throws IOException {
    String row = "{\"id\":\"7\",\"pattern\":\"good.example\",\"pattern_type\":\"DOMAIN\",";
    Inputs.Result result =
        read(row + "\"is_trusted_sender\":true,\"verify_sender\":true,\"is_regex\":false}");
    assertThat(result.faults())
        .singleElement()
        .extracting(InputFault::reason)
        .asString()
        .contains("rows of allow-policies", "block-senders blocks", "-r allow-policies");
  }

  @Test
  void aRecordThatAnotherToolAllowsIsNotBlocked() throws IOException {
    String row = "{\"id\":7,\"pattern\":\"good.example\",\"action\":\"allow\"}";
    for (Inputs inputs :
        List.of(
            Inputs.jsonl("block_senders", row),
            Inputs.jsonl("block_senders", row).map("action", ""))) {
      assertThat(inputs.read().faults())
          .singleElement()
          .extracting(InputFault::reason)
          .asString()
          .startsWith("the field 'action' says 'allow', and block-senders blocks");
    }
  }

  @Test
  void nestedObjectsAreUnderstood() throws IOException {
    String record =
        "{\"id\":\"1\",\"authorization\":{\"authorized\":true},\"emails_processed\":null}";
    assertThat(Inputs.jsonl("domains", record).read().records()).containsExactly(record);
  }

  @Test
  void aNestedObjectOfAnotherShapeIsAnUnknownField() throws IOException {
    Inputs.Result backup = Inputs.jsonl("domains", "{\"id\":\"1\",\"authorization\":[3]}").read();
    assertThat(backup.faults()).isEmpty();
    assertThat(backup.warnings()).singleElement().asString().contains("'authorization'");
    Inputs.Result written =
        Inputs.jsonl("domains", "{\"domain\":\"x\",\"authorization\":7}").read();
    assertThat(written.faults())
        .singleElement()
        .extracting(InputFault::column)
        .isEqualTo("authorization");
  }

  @Test
  void anUnknownFieldIsAWarningBesideAnIdAndAFaultWithoutOne() throws IOException {
    Inputs.Result result =
        read(
            """
            {"coments":1,"pattern":"x"}
            {"coments":{"a":[]},"pattern":"x","id":"1"}
            {"pattern":"x","id":7,"coments":1}
            {"_outcome":"failed","pattern":"x"}
            """);
    assertThat(result.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(1);
              assertThat(fault.column()).isEqualTo("coments");
              assertThat(fault.value()).isEqualTo("1");
              assertThat(fault.reason()).contains("'comments'");
            });
    assertThat(result.warnings()).singleElement().asString().contains("line 2", "'coments'");
    assertThat(result.records()).containsSubsequence("{\"pattern\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pattern\":\"x\",\"pattern\":\"y\"}",
        "{\"pattern\":\"x\"",
        "{\"pattern\":\"x\"}}",
        "{\"pattern\":\"x\"} {}",
        "{pattern:1}",
        "null",
        "17",
        "\"text\"",
        "{\"pattern\":\"x\ty\"}",
        "{\"pattern\":\"\\ud800\"}",
        "{\"pattern\":1e999999999}",
        "{\"pattern\":[{\"a\":1,\"a\":2}]}",
        "not json at all",
      })
  void whatIsNoRecordIsAFaultOfItsRowOnly(String text) throws IOException {
    Inputs.Result result = read("{\"pattern\":\"a\"}\n" + text + "\n{\"pattern\":\"b\"}\n");
    assertThat(result.rows()).hasSize(3);
    assertThat(result.faults()).singleElement().extracting(InputFault::line).isEqualTo(2L);
    assertThat(result.records()).startsWith("{\"pattern\":\"a\"}").endsWith("{\"pattern\":\"b\"}");
  }

  @Test
  void nestingAndNumbersHaveTheirBounds() throws IOException {
    String deep = "[".repeat(101) + "]".repeat(101);
    assertThat(read("{\"pattern\":" + deep + "}\n{\"id\":\"1\",\"x\":" + deep + "}").faults())
        .hasSize(2);
    assertThat(read("{\"pattern\":" + "7".repeat(1001) + "}").faults()).hasSize(1);
    String wide = "{\"id\":\"1\",\"directory_id\":9223372036854775808}";
    assertThat(Inputs.jsonl("impersonation_registry", wide).read().faults())
        .singleElement()
        .extracting(InputFault::reason)
        .asString()
        .contains("64 bits");
  }

  @Test
  void aRowOfUnknownFieldsOnlyNamesSomeOfThem() throws IOException {
    StringBuilder text = new StringBuilder("{\"f\":0");
    for (int i = 0; i < 50_000; i++) {
      text.append(",\"f").append(i).append("\":0");
    }
    assertThat(read(text + "}").faults())
        .hasSizeLessThan(25)
        .last()
        .extracting(InputFault::reason)
        .asString()
        .contains("49981 more");
  }

  @Test
  void mappedNamesMeanWhatTheMappingSays() throws IOException {
    Inputs input =
        Inputs.jsonl("block_senders", "{\"sender\":\"x\",\"owner\":[1],\"is_regex\":false}");
    Inputs.Result result = input.map("sender", "pattern", "owner", "").read();
    assertThat(result.records()).containsExactly("{\"pattern\":\"x\",\"is_regex\":false}");
    assertThat(result.faults()).isEmpty();
    assertThat(result.warnings()).isEmpty();
    assertThat(input.map("sender", "pattern", "owner", "", "ownr", "").read().warnings())
        .containsExactly("--map ownr: no row has a field of that name");
    assertThatThrownBy(() -> input.map("sender", "patern").read()).hasMessageContaining("pattern");
  }

  @Test
  void anArrayOfObjectsIsReadInAnyLayout() throws IOException {
    String array =
        " \n[\n  {\n    \"pattern\": \"a, ] } \\\" b\"\n  },\n  3, {\"pattern\":\"c\"}\n  ,oops\n]\n ";
    Inputs.Result result = read(array);
    assertThat(result.rows()).extracting(InputRow::line).containsExactly(3L, 6L, 6L, 7L);
    assertThat(result.rows()).extracting(row -> row.faults().size()).containsExactly(0, 1, 0, 1);
    assertThat(result.rows().get(0).record().path("pattern").asString()).isEqualTo("a, ] } \" b");
    assertThat(result.rows().get(0).source())
        .isEqualTo(new RowSource.Line("{     \"pattern\": \"a, ] } \\\" b\"   }"));
    assertThat(read("[]").rows()).isEmpty();
    assertThat(read("").rows()).isEmpty();
  }

  @Test
  void anArrayThatIsCutOffOrFollowedByTextStopsTheReading() {
    for (String text : List.of("[", "[{}", "[{},", "[{\"a", "[{}] {}")) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("line 1");
    }
  }

  private static Inputs.Result read(String text) throws IOException {
    return Inputs.jsonl("block_senders", text).read();
  }
}
