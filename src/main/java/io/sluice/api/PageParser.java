package io.sluice.api;

import io.sluice.catalog.RecordJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads one page of a listing out of an answer's bytes without building a tree: it walks the tokens
 * once, notes where each record begins and ends and what its id is, and leaves the records as they
 * are.
 */
final class PageParser {
  private static final int LONGEST_COUNT = 20;
  private static final int MOST_MESSAGES = 30;

  private final byte[] bytes;
  private final IdFingerprint fingerprint;
  private int[] bounds = new int[64];
  private long[] ids = new long[32];
  private int count;
  private boolean list;
  private @Nullable JsonToken other;
  private List<String> messages = List.of();
  private List<String> errors = List.of();
  private boolean identified = true;
  private @Nullable Boolean success;
  private @Nullable Long counted;
  private @Nullable Integer perPage;
  private @Nullable Long totalCount;

  private PageParser(byte[] bytes, IdFingerprint fingerprint) {
    this.bytes = bytes;
    this.fingerprint = fingerprint;
  }

  /**
   * The page that {@code bytes[0, length)} holds; the array is reused for it.
   *
   * @throws tools.jackson.core.JacksonException if the answer is not JSON, or breaks off
   * @throws UnexpectedShape if it is JSON, but not a successful page
   */
  static Page parse(
      byte[] bytes, int length, int number, int requested, IdFingerprint fingerprint) {
    return parse(bytes, length, number, requested, false, fingerprint);
  }

  /**
   * The same. A list that is null is an empty one, if the answer's own counts say that the page
   * holds nothing.
   *
   * @param filtered whether the listing is narrowed down, which makes the total meaningless
   */
  static Page parse(
      byte[] bytes,
      int length,
      int number,
      int requested,
      boolean filtered,
      IdFingerprint fingerprint) {
    requireUtf8(bytes, length);
    PageParser page = new PageParser(bytes, fingerprint);
    try (JsonParser parser =
        RecordJson.PARSERS.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
      page.envelope(parser);
    }
    if (!Boolean.TRUE.equals(page.success)) {
      throw new UnexpectedShape("the answer does not say success");
    }
    if (!page.list && !(page.other == JsonToken.VALUE_NULL && page.empty(number, filtered))) {
      throw new UnexpectedShape(page.unlisted());
    }
    return page.page(number, requested);
  }

  /** True if the answer says in numbers that this page holds nothing. */
  private boolean empty(int number, boolean filtered) {
    Long total = totalCount;
    if (counted != null && counted > 0) {
      return false;
    } else if (filtered || total == null) {
      return counted != null || (total != null && total == 0);
    }
    // A page behind the end of the list is empty whatever the total.
    return total == 0 || (perPage != null && perPage > 0 && total <= (number - 1L) * perPage);
  }

  private String unlisted() {
    if (other == null) {
      return "the answer holds no list of records: there is no 'result'";
    } else if (other != JsonToken.VALUE_NULL) {
      return "the answer holds no list of records: 'result' is of another kind";
    }
    Long total = totalCount;
    return "the answer holds no list of records: 'result' is null, and "
        + (total == null ? "no count says that it is empty" : "the total is " + total);
  }

  /** The parser would take UTF-16 and UTF-32 as well, and then count characters, not bytes. */
  private static void requireUtf8(byte[] bytes, int length) {
    for (int i = 0; i < Math.min(length, 4); i++) {
      if (bytes[i] == 0) {
        throw new UnexpectedShape("the answer is not UTF-8");
      }
    }
  }

  private void envelope(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UnexpectedShape("the answer is not a JSON object");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("result") && value == JsonToken.START_ARRAY) {
        list = true;
        records(parser);
      } else if (name.equals("result")) {
        other = value;
        parser.skipChildren();
      } else if (name.equals("messages") && value == JsonToken.START_ARRAY) {
        messages = texts(parser);
      } else if (name.equals("errors") && value == JsonToken.START_ARRAY) {
        errors = texts(parser);
      } else if (name.equals("result_info") && value == JsonToken.START_OBJECT) {
        info(parser);
      } else if (name.equals("success")) {
        success = value == JsonToken.VALUE_TRUE;
        parser.skipChildren();
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new UnexpectedShape("something follows the answer's JSON object");
    }
  }

  private void records(JsonParser parser) {
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw new UnexpectedShape("a record is not a JSON object");
      }
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, count * 2);
        bounds = Arrays.copyOf(bounds, count * 4);
      }
      int start = (int) parser.currentTokenLocation().getByteOffset();
      boolean known = fields(parser);
      int end = (int) parser.currentLocation().getByteOffset();
      bounds[2 * count] = start;
      bounds[2 * count + 1] = end;
      if (!known) {
        identified = false;
        ids[count] = fingerprint.of(bytes, start, end);
      }
      count++;
    }
  }

  /** Passes over one record; true if it had an id. */
  private boolean fields(JsonParser parser) {
    boolean known = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean id = parser.currentName().equals("id");
      JsonToken value = parser.nextToken();
      if (id && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        ids[count] =
            fingerprint.of(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
        known = true;
      } else {
        parser.skipChildren();
      }
    }
    return known;
  }

  private void info(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      Long number = value.isScalarValue() ? number(parser.getString()) : null;
      if (name.equals("per_page")) {
        perPage = number == null ? null : (int) Math.min(number, Integer.MAX_VALUE);
      } else if (name.equals("total_count")) {
        totalCount = number;
      } else if (name.equals("count")) {
        counted = number;
      }
      parser.skipChildren();
    }
  }

  /** A count, however it is written ({@code 7}, {@code "7"}, {@code 7.0}); null if it is none. */
  private static @Nullable Long number(String text) {
    try {
      return text.length() > LONGEST_COUNT || text.startsWith("-")
          ? null
          : (Long) new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException none) {
      return null;
    }
  }

  private static List<String> texts(JsonParser parser) {
    JsonToken token;
    List<String> texts = new ArrayList<>();
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      String text = token == JsonToken.VALUE_STRING ? parser.getString() : "";
      long code = 0;
      if (token == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals("message") && value == JsonToken.VALUE_STRING) {
            text = parser.getString();
          } else if (name.equals("code") && value == JsonToken.VALUE_NUMBER_INT) {
            Long number = number(parser.getString());
            code = number == null ? 0 : number;
          } else {
            parser.skipChildren();
          }
        }
      } else {
        parser.skipChildren();
      }
      if (texts.size() < MOST_MESSAGES) {
        texts.add(ApiMessages.text(code, text));
      }
    }
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  private Page page(int number, int requested) {
    CompactLines lines = new CompactLines(bytes);
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      int before = lines.end();
      lines.append(bounds[2 * i], bounds[2 * i + 1]);
      starts[i] = i == 0 ? bounds[0] : before;
    }
    starts[count] = lines.end();
    PageInfo info = new PageInfo(perPage, totalCount);
    return new Page(
        number,
        bytes,
        starts,
        Arrays.copyOf(ids, count),
        requested,
        info,
        ApiMessages.beside(messages, errors),
        identified);
  }
}
