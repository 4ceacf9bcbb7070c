package io.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ListReadingTest {

  @Test
  void aLineIsAPatternWithoutItsCommentAndOuterBlanks() throws IOException {
    Inputs.Result result =
        Inputs.list("block_senders", "# all\n\n a@example.com \t\nb#c.example # why\n  #\r\n\\N")
            .read();
    assertThat(result.records())
        .containsExactly(
            "{\"pattern\":\"a@example.com\"}",
            "{\"pattern\":\"b#c.example\"}",
            "{\"pattern\":\"\\\\N\"}");
    assertThat(result.rows()).extracting(InputRow::line).containsExactly(3L, 4L, 6L);
    assertThat(result.rows().get(1).source()).isEqualTo(new RowSource.Line("b#c.example # why"));
  }

  @Test
  void thePatternGoesIntoTheResourcesKeyField() throws IOException {
    assertThat(Inputs.list("domains", "x.example").read().records())
        .containsExactly("{\"domain\":\"x.example\"}");
    assertThat(Inputs.list("trusted-domains", "x").set("is_recent", "1").read().records())
        .containsExactly("{\"pattern\":\"x\",\"is_recent\":true}");
    assertThat(Inputs.list("allow-policies", "x").read().records())
        .containsExactly("{\"pattern\":\"x\"}");
  }

  @Test
  void aResourceWhoseKeyIsTwoTextsHasNoList() {
    assertThatThrownBy(() -> Inputs.list("impersonation-registry", "x").read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("name and email");
    assertThatThrownBy(() -> Inputs.list("domains", "x").map("a", "domain").read())
        .isInstanceOf(InputException.class);
  }

  /** Its lines would be names, where whoever writes them means patterns. */
  @Test
  void aResourceWhosePatternIsNotItsKeyHasNoList() {
    assertThatThrownBy(() -> Inputs.list("content-policies", "lottery winner").read())
        .hasMessageContaining("would be the name of each record, not its pattern");
  }

  @Test
  void aNulIsAFault() throws IOException {
    assertThat(Inputs.list("domains", "x\0.example\n").read().faults()).hasSize(1);
  }
}
