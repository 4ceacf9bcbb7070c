package io.sluice.api;

import io.sluice.api.json.Escapes;
import io.sluice.api.json.JsonScanner;
import io.sluice.hash.Hash64;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads one page of a listing out of an answer's bytes in one pass, without tokens or a tree: it
 * notes where each record begins and ends and what its id is. Only when the whole answer has turned
 * out to be a page are the records moved together; until then the answer stays as it came, for
 * whoever has to say what is wrong with it.
 */
final class PageParser {
  private final byte[] bytes;
  private final int end;
  private final JsonScanner scanner;
  private final PageRecords records;
  private final PageCounts counts = new PageCounts();
  private boolean list;

  /** How a result begins that is no list; 0 if there is none. */
  private byte other;

  private List<String> messages = List.of();
  private List<String> errors = List.of();
  private boolean success;

  private PageParser(byte[] bytes, int end, Hash64 hash) {
    this.bytes = bytes;
    this.end = end;
    this.scanner = new JsonScanner(bytes, end);
    this.records = new PageRecords(bytes, scanner, hash);
  }

  /**
   * The page that {@code bytes[0, length)} holds; the array is reused for it, unless it has no
   * {@linkplain JsonScanner#ROOM room} behind the answer.
   *
   * @throws tools.jackson.core.JacksonException if the answer is not JSON, or breaks off
   * @throws UnexpectedShape if it is JSON, but not a successful page
   */
  static Page parse(byte[] bytes, int length, int number, int requested, Hash64 hash) {
    return parse(bytes, length, number, requested, false, hash);
  }

  /**
   * The same. A list that is null is an empty one, if the answer's own counts say that the page
   * holds nothing.
   *
   * @param filtered whether the listing is narrowed down, which makes the total meaningless
   */
  static Page parse(
      byte[] bytes, int length, int number, int requested, boolean filtered, Hash64 hash) {
    requireUtf8(bytes, length);
    PageParser page = new PageParser(JsonScanner.withRoom(bytes, length), length, hash);
    page.envelope();
    if (!page.success) {
      throw new UnexpectedShape("the answer does not say success");
    }
    if (!page.list && !(page.other == 'n' && page.counts.sayEmpty(number, filtered))) {
      throw new UnexpectedShape(page.unlisted());
    }
    return page.page(number, requested);
  }

  private String unlisted() {
    if (other == 0) {
      return "the answer holds no list of records: there is no 'result'";
    } else if (other != 'n') {
      return "the answer holds no list of records: 'result' is of another kind";
    }
    return "the answer holds no list of records: 'result' is null, and " + counts.total();
  }

  /** UTF-16 and UTF-32 are said by name, as far as they show it: JSON begins with ASCII. */
  private static void requireUtf8(byte[] bytes, int length) {
    for (int i = 0; i < Math.min(length, 4); i++) {
      if (bytes[i] == 0) {
        throw new UnexpectedShape("the answer is not UTF-8");
      }
    }
  }

  private void envelope() {
    int at = scanner.token(start());
    if (at == end || bytes[at] != '{') {
      throw noObject(at);
    }
    at = scanner.token(at + 1);
    if (bytes[at] != '}') {
      at = members(at);
    }
    if (scanner.token(at + 1) != end) {
      throw new UnexpectedShape("something follows the answer's JSON object");
    }
  }

  /** Behind the mark of UTF-8, if there is one. */
  private int start() {
    boolean marked = bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private UnexpectedShape noObject(int at) {
    if (at < end) {
      scanner.value(at, 0);
    }
    return new UnexpectedShape("the answer is not a JSON object");
  }

  /** Passes over the members of the envelope, up to its closing brace. */
  private int members(int first) {
    int at = first;
    while (true) {
      int name = at;
      at = scanner.name(name);
      String text = name(name, at);
      at = scanner.token(member(text, scanner.mark(at, ':')));
      if (bytes[at] == '}') {
        return at;
      }
      at = scanner.mark(at, ',');
    }
  }

  private String name(int quote, int after) {
    byte[] plain = Escapes.resolved(bytes, quote + 1, after - 1, true);
    return new String(plain, StandardCharsets.UTF_8);
  }

  private int member(String name, int at) {
    byte first = bytes[at];
    if (name.equals("result") && first == '[') {
      list = true;
      return records.list(at);
    }
    int after = scanner.value(at, 1);
    switch (name) {
      case "result" -> other = first;
      case "success" -> success = first == 't';
      case "result_info" -> {
        if (first == '{') {
          counts.read(bytes, scanner, at);
        }
      }
      case "messages" -> messages = first == '[' ? texts(at, after) : messages;
      case "errors" -> errors = first == '[' ? texts(at, after) : errors;
      default -> {
        // Whatever else an envelope holds says nothing about the page.
      }
    }
    return after;
  }

  private List<String> texts(int open, int after) {
    // Mostly there are none.
    return bytes[scanner.token(open + 1)] == ']' ? List.of() : PageJson.texts(bytes, open, after);
  }

  private Page page(int number, int requested) {
    return new Page(
        number,
        bytes,
        records.lines(),
        records.ids(),
        requested,
        counts.info(),
        ApiMessages.beside(messages, errors),
        records.identified());
  }
}
