package io.sluice.server.http;

import io.sluice.catalog.NearestName;
import io.sluice.catalog.pattern.EscapedText;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The values that a parameter of the query takes. */
public sealed interface ParameterType {

  /**
   * The value in its own spelling.
   *
   * @throws IllegalArgumentException saying what the parameter takes, if this is none
   */
  String read(String text);

  /** Any text. */
  record Text() implements ParameterType {
    @Override
    public String read(String text) {
      return text;
    }
  }

  /** A text with rules of its own, which {@code rule} knows: it throws where one is broken. */
  record Ruled(Consumer<String> rule) implements ParameterType {
    @Override
    public String read(String text) {
      rule.accept(text);
      return text;
    }
  }

  /** True or false. */
  record Flag() implements ParameterType {
    @Override
    public String read(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.equals("true") || lower.equals("false")) {
        return lower;
      }
      throw new IllegalArgumentException(
          "it is true or false, not '" + EscapedText.brief(text) + "'");
    }
  }

  /** A whole number within bounds. */
  record Whole(long least, long most) implements ParameterType {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    @Override
    public String read(String text) {
      try {
        long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : least - 1;
        if (number >= least && number <= most) {
          return Long.toString(number);
        }
      } catch (NumberFormatException tooLong) {
        // Said below.
      }
      String bounds =
          most == Long.MAX_VALUE ? "from " + least + " on" : "from " + least + " to " + most;
      throw new IllegalArgumentException("it is a number " + bounds);
    }
  }

  /** One of some words, in any case. */
  record Choice(List<String> words) implements ParameterType {
    @Override
    public String read(String text) {
      for (String word : words) {
        if (word.equalsIgnoreCase(text)) {
          return word;
        }
      }
      throw new IllegalArgumentException(
          "there is no '"
              + EscapedText.brief(text)
              + "'; the nearest is '"
              + NearestName.of(text, words)
              + "', and there are "
              + String.join(", ", words));
    }
  }
}
