package io.sluice.job.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each chat gets what its documentation asks for, and nothing that a record holds. */
final class NoticeFormatTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static ObjectNode body(String text) {
    ObjectNode body = JSON.createObjectNode().put("event", "failed").put("text", text);
    body.putObject("job").putObject("summary").put("key", "secret.example");
    return body;
  }

  @Test
  void slackGetsTextWithItsThreeCharactersEscaped() {
    assertThat(NoticeFormat.of("slack", body("a & b <!channel> *c*")))
        .hasToString("{\"text\":\"a &amp; b &lt;!channel&gt; *c*\",\"mrkdwn\":false}");
  }

  @Test
  void teamsGetsAMessageWithOneAdaptiveCardOfPlainText() {
    ObjectNode expected =
        (ObjectNode)
            JSON.readTree(
                """
                {"type": "message", "attachments": [{
                  "contentType": "application/vnd.microsoft.card.adaptive",
                  "contentUrl": null,
                  "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard", "version": "1.2",
                    "body": [{"type": "RichTextBlock", "inlines": [
                      {"type": "TextRun", "text": "import of my_prod_eu [x](http://y.example)"}]}]}}]}
                """);

    assertThat(NoticeFormat.of("teams", body("import of my_prod_eu [x](http://y.example)")))
        .isEqualTo(expected);
  }

  @Test
  void neitherCarriesMoreThanTheTextNorMoreThanIsTaken() {
    for (String format : new String[] {"slack", "teams"}) {
      String sent = NoticeFormat.of(format, body("<\ud83d\ude00".repeat(20_000))).toString();
      assertThat(sent).describedAs(format).doesNotContain("secret.example").contains("…");
      assertThat(sent.getBytes(StandardCharsets.UTF_8)).describedAs(format).hasSizeLessThan(28_000);
      assertThat(JSON.readTree(sent).toString()).isEqualTo(sent);
    }
    assertThat(NoticeFormat.of("json", body("all of it")).toString()).contains("secret.example");
  }

  @Test
  void theCutIsNeverWithinACharacter() {
    String text = "x" + "\ud83d\ude00".repeat(NoticeFormat.LONGEST);
    for (String shifted : new String[] {text, text.substring(1)}) {
      String cut = NoticeFormat.of("slack", body(shifted)).path("text").asString("");
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
      assertThat(cut.length()).isLessThanOrEqualTo(NoticeFormat.LONGEST);
    }
  }
}
