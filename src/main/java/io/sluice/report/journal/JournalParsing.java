package io.sluice.report.journal;

import io.sluice.report.Action;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what {@link JournalWording} wrote. Members that it does not know are passed over. Nearly
 * all lines are results, which are read straight into their fields.
 */
public final class JournalParsing {
  /** The longest line of a journal, in bytes. */
  public static final int LONGEST = 64 * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String RESULT = "result";

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<Long> rows = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();

  private JournalParsing() {}

  /**
   * The entry of the line in {@code [from, to)}, without its newline.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static JournalEntry entry(byte[] bytes, int from, int to) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      String kind = kind(parser);
      JournalEntry entry =
          kind.equals(RESULT)
              ? ResultParsing.entry(parser)
              : new JournalParsing().entry(kind, parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON object");
      }
      return entry;
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("not JSON: " + notJson.getOriginalMessage(), notJson);
    } catch (DateTimeException notTime) {
      throw new IllegalArgumentException("not a time: " + notTime.getMessage(), notTime);
    }
  }

  /** The first member of every line. */
  private static String kind(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not a JSON object");
    }
    if (parser.nextToken() != JsonToken.PROPERTY_NAME
        || !parser.currentName().equals(JournalWording.KIND)) {
      throw new IllegalArgumentException("it lacks '" + JournalWording.KIND + "'");
    }
    parser.nextToken();
    return parser.getString();
  }

  private void read(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token.isScalarValue()) {
        texts.put(name, parser.getString());
      } else if (name.equals("rows")) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          rows.add(parser.getLongValue());
        }
      } else if (name.equals("ids")) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          ids.add(parser.getString());
        }
      } else if (name.equals("keys")) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          keys.add(parser.getString());
        }
      } else if (name.equals("options")) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String option = parser.currentName();
          parser.nextToken();
          options.put(option, parser.getString());
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private JournalEntry entry(String kind, JsonParser parser) {
    read(parser);
    long fence = number(JournalWording.FENCE);
    return switch (kind) {
      case "header" -> new JournalEntry.Header(header(fence));
      case "open" -> new JournalEntry.Opening(fence, number("torn"), time("at"));
      case "intent" ->
          new JournalEntry.Intent(
              fence,
              Action.labelled(text("action")),
              List.copyOf(rows),
              List.copyOf(ids),
              List.copyOf(keys));
      default -> throw new IllegalArgumentException("there is no entry of kind '" + kind + "'");
    };
  }

  private RunHeader header(long fence) {
    return new RunHeader(
        Integer.parseInt(text("format_version")),
        text("run_id"),
        text("tool_version"),
        time("started_at"),
        text("account_id"),
        text("base_url"),
        text("resource"),
        text("mode"),
        text("input_name"),
        text("input_sha256"),
        number("input_rows"),
        options,
        fence);
  }

  private String text(String name) {
    @Nullable String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it lacks '" + name + "'");
    }
    return text;
  }

  private long number(String name) {
    return Long.parseLong(text(name));
  }

  private Instant time(String name) {
    return Instant.parse(text(name));
  }
}
