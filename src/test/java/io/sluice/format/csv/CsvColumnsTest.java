package io.sluice.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.format.InputException;
import io.sluice.format.Inputs;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvColumnsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "block_senders|Blocked Sender, Blocked Sender Type, Is Regex, Notes"
            + "|x.example, DOMAIN, No, why"
            + "|pattern pattern_type is_regex comments",
        "block_senders|Blocked_Sender, Notes|x.example, why|pattern comments",
        "block_senders|Blocked Sender, Pattern Type, Notes|x.example, DOMAIN, why"
            + "|pattern pattern_type comments",
        "allow_policies|Values, Rule Type, Is Regex, Sender Verification, Trusted Sender, Exempt"
            + " Recipient, Acceptable Sender, Notes"
            + "|x.example, DOMAIN, 0, 1, TRUE, FALSE, Yes, why"
            + "|pattern pattern_type is_regex verify_sender is_trusted_sender is_exempt_recipient"
            + " is_acceptable_sender comments",
        "allow_policies|Pattern, Pattern Type, Verify Email, Trusted Sender, Exempt Recipient,"
            + " Acceptable Sender, Notes"
            + "|x.example, DOMAIN, 1, TRUE, FALSE, Yes, why"
            + "|pattern pattern_type verify_sender is_trusted_sender is_exempt_recipient"
            + " is_acceptable_sender comments",
        "trusted_domains|Domain, Proximity, New, Is Regex, Notes|x.example, 1, 0, 0, why"
            + "|pattern is_similarity is_recent is_regex comments",
        "impersonation_registry|Display Name, Email|Zoë, zoe@example.com|name email",
        "impersonation_registry|Display_Name, Email|Zoë, zoe@example.com|name email",
      })
  void theDashboardsOwnFilesAreReadAsTheyAre(
      String resource, String header, String row, String fields) throws IOException {
    for (String blank : new String[] {", ", ","}) {
      String text = (header + "\r\n" + row + "\r\n").replace(", ", blank);
      Inputs.Result result = Inputs.csv(resource, text).read();
      assertThat(result.faults()).isEmpty();
      assertThat(result.rows().get(0).record().propertyNames())
          .containsExactly(fields.split(" ", -1));
      assertThat(String.join(blank, result.header())).isEqualTo(header.replace(", ", blank));
      assertThat(result.columns().keySet()).containsExactly(fields.split(" ", -1));
    }
  }

  @Test
  void anUnknownColumnNamesTheNearestFieldAndBothWaysOut() {
    refused(Inputs.csv("block_senders", "pattern,Coment s\nx,y\n"))
        .hasMessageStartingWith("line 1: ")
        .hasMessageContaining("'Coment s'")
        .hasMessageContaining("--map 'Coment s=comments'")
        .hasMessageContaining("--map 'Coment s=' to leave it out");
  }

  /** The command line takes {@code --map -from=pattern} for an option {@code -f}. */
  @Test
  void aColumnWhoseNameBeginsWithADashIsNamedByItsNumber() {
    refused(Inputs.csv("block_senders", "-from,--why\nx.example,y\n"))
        .hasMessageContaining("--map 1=pattern")
        .hasMessageContaining("All at once: --map 1=pattern --map 2=");
  }

  @Test
  void mappedColumnsMeanWhatTheMappingSays() throws IOException {
    Inputs input = Inputs.csv("block_senders", "Address,Notes,Owner,_y\nx.example,n,o,z\n");
    Inputs.Result result =
        input.map("address", "Blocked Sender", "Owner", "comments", "NOTES", "").read();
    assertThat(result.records()).containsExactly("{\"pattern\":\"x.example\",\"comments\":\"o\"}");
    assertThat(result.columns()).isEqualTo(Map.of("pattern", "Address", "comments", "Owner"));
    assertThat(result.header()).containsExactly("Address", "Notes", "Owner", "_y");
  }

  @Test
  void aMappingThatFitsNothingIsRefused() {
    Inputs input = Inputs.csv("block_senders", "pattern,Notes\nx.example,n\n");
    refused(input.map("Nots", "comments")).hasMessageContaining("'pattern', 'Notes'");
    refused(input.map("Notes", "coment")).hasMessageContaining("'comments'");
    refused(input.map("Notes", "", "notes", "")).hasMessageContaining("two things");
  }

  @Test
  void twoColumnsOfOneFieldAreRefusedAndBothNamed() {
    refused(Inputs.csv("block_senders", "pattern,Notes,comments\nx,y,z\n"))
        .hasMessageContaining("'Notes'")
        .hasMessageContaining("'comments'");
    refused(Inputs.csv("block_senders", "pattern,pattern\nx,y\n")).hasMessageContaining("both");
  }

  @Test
  void columnsThatBeginWithAnUnderscoreAreIgnored() throws IOException {
    Inputs.Result result = Inputs.csv("block_senders", "pattern,_extra,_x,_x\nx,{},1,2\n").read();
    assertThat(result.records()).containsExactly("{\"pattern\":\"x\"}");
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void aFileWithoutAHeaderIsToldThatItNeedsOne() {
    refused(Inputs.csv("block_senders", "a@example.com,EMAIL\nb@example.com,EMAIL\n"))
        .hasMessageContaining("a header row of field names, such as 'pattern,pattern_type'")
        .hasMessageContaining("--no-header --map 1=pattern --map 2=pattern_type");
    refused(Inputs.csv("block_senders", "{\"pattern\":\"x\"}\n")).hasMessageContaining("jsonl");
    refused(Inputs.csv("block_senders", "")).hasMessageContaining("empty");
    refused(Inputs.csv("block_senders", "\n \n")).hasMessageContaining("empty");
  }

  @Test
  void theLineInWhichSpreadsheetsNameTheDelimiterIsPassedOver() throws IOException {
    Inputs.Result result = Inputs.csv("domains", "sep=;\r\ndomain;folder\r\nx;Inbox\r\n").read();
    assertThat(result.records()).containsExactly("{\"domain\":\"x\",\"folder\":\"Inbox\"}");
    assertThat(result.rows().get(0).line()).isEqualTo(3);
  }

  @Test
  void aHeaderHasItsBounds() {
    refused(Inputs.csv("block_senders", "pattern" + ",_x".repeat(1000) + "\n"))
        .hasMessageContaining("1,000 columns");
    refused(Inputs.csv("block_senders", "pat\0tern\nx\n")).hasMessageContaining("--encoding");
    refused(Inputs.csv("block_senders", "\"pattern\"x,comments\nx\n"))
        .hasMessageContaining("closing quote");
  }

  private static AbstractThrowableAssert<?, ?> refused(Inputs input) {
    return assertThatThrownBy(input::read).isInstanceOf(InputException.class);
  }
}
