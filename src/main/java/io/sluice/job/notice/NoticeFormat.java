package io.sluice.job.notice;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a notice as a target takes it. Chats get its one line of text and nothing else, so no
 * contents of records even with {@code detail}.
 *
 * <ul>
 *   <li>Slack's incoming webhooks take {@code text}, in which {@code & < >} are escaped (Slack,
 *       "Formatting text for app surfaces"); Slack advises 4,000 characters at most.
 *   <li>Teams' Workflows webhooks take a message with one Adaptive Card as attachment (Microsoft,
 *       "Create incoming webhooks with Workflows for Microsoft Teams"), of 28 KB at most. The text
 *       is a run of a RichTextBlock, in which Markdown means nothing.
 * </ul>
 */
final class NoticeFormat {
  /** Characters of text, before anything is escaped: room enough in both. */
  static final int LONGEST = 3_000;

  private NoticeFormat() {}

  /**
   * What is sent.
   *
   * @param format json, slack or teams
   */
  static ObjectNode of(String format, ObjectNode body) {
    String text = cut(body.path("text").asString(""));
    return switch (format) {
      case "slack" -> slack(text);
      case "teams" -> teams(text);
      default -> body;
    };
  }

  private static ObjectNode slack(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return JsonNodeFactory.instance.objectNode().put("text", escaped).put("mrkdwn", false);
  }

  private static ObjectNode teams(String text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.2");
    ObjectNode block = card.putArray("body").addObject().put("type", "RichTextBlock");
    block.putArray("inlines").addObject().put("type", "TextRun").put("text", text);
    return message;
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + "…";
  }
}
