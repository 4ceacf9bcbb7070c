package io.sluice.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The messages of the API for people in the {@code messages} of its envelopes, such as that a field
 * is about to go: each text once, and not more than {@value #MOST}. Thread-safe.
 */
final class ApiMessages {
  private static final int MOST = 20;
  static final int LONGEST = 500;

  private final UnaryOperator<String> hideSecrets;
  private final Consumer<String> reader;
  private final Set<String> known = new HashSet<>();

  /**
   * @param hideSecrets makes of a whole message one that may be shown
   */
  ApiMessages(UnaryOperator<String> hideSecrets, Consumer<String> reader) {
    this.hideSecrets = hideSecrets;
    this.reader = reader;
  }

  /** Passes on those that are new. */
  void add(List<String> texts) {
    for (String whole : texts) {
      String text = shortened(hideSecrets.apply(whole));
      if (isNew(text)) {
        reader.accept(text);
      }
    }
  }

  private synchronized boolean isNew(String text) {
    if (known.size() == MOST && !known.contains(text)) {
      known.add("");
      reader.accept("and more, which is not shown");
    }
    return known.size() < MOST && known.add(text);
  }

  /**
   * What a successful answer has to say: its messages, and errors that stand beside its success.
   */
  static List<String> beside(List<String> messages, List<String> errors) {
    if (errors.isEmpty()) {
      return messages;
    }
    List<String> all = new ArrayList<>(messages);
    errors.forEach(error -> all.add("error beside a success: " + error));
    return all;
  }

  /** The texts of an envelope's {@code messages}; whatever is no message is left out. */
  static List<String> in(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode message : messages) {
      String text = text(message);
      if (!text.isEmpty() && texts.size() <= MOST) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** One message, or one link of an error chain; empty if it says nothing. */
  static String text(JsonNode message) {
    String said = message.isString() ? message.stringValue() : message.path("message").asString("");
    return text(message.path("code").asLong(0), said);
  }

  /** The same of its parts; a code of 0 is none. */
  static String text(long code, String said) {
    String line = said.strip();
    if (line.isEmpty()) {
      return code == 0 ? "" : "code " + code;
    }
    return code == 0 ? line : code + " " + line;
  }

  /** A text without secrets, fit for a line. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
