package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Node.AnyCharacter;
import io.sluice.pipeline.insight.regex.Node.Brackets;
import io.sluice.pipeline.insight.regex.Node.Group;
import io.sluice.pipeline.insight.regex.Node.Literal;
import io.sluice.pipeline.insight.regex.Node.OneOf;
import io.sluice.pipeline.insight.regex.Node.Place;
import io.sluice.pipeline.insight.regex.Node.Repeat;
import io.sluice.pipeline.insight.regex.Node.Unknown;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an expression apart that {@code java.util.regex} accepts. Source for the syntax: the
 * documentation of {@code java.util.regex.Pattern}.
 */
final class RegexParser {
  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int depth;
  private boolean ignoresCase;

  /** The expression is written in a way that is not taken apart, such as with comments in it. */
  static final class UnreadException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadException(String what) {
      super(what, null, false, false);
    }
  }

  RegexParser(String text) {
    this.text = text;
  }

  /** True if a part of what was read ignores case. */
  boolean ignoresCase() {
    return ignoresCase;
  }

  /** All of it: its alternatives. */
  List<List<Node>> read() throws UnreadException {
    List<List<Node>> branches = branches();
    if (at < text.length()) {
      throw new UnreadException("a bracket that closes nothing");
    }
    return branches;
  }

  private List<List<Node>> branches() throws UnreadException {
    if (++depth > DEEPEST) {
      throw new UnreadException("nested too deeply");
    }
    List<List<Node>> branches = new ArrayList<>();
    List<Node> branch = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != ')') {
      if (text.charAt(at) == '|') {
        at++;
        branches.add(branch);
        branch = new ArrayList<>();
      } else {
        repeated(branch);
      }
    }
    branches.add(branch);
    depth--;
    return branches;
  }

  private void repeated(List<Node> branch) throws UnreadException {
    if (text.startsWith("\\Q", at)) {
      quoted(branch);
      return;
    }
    Node node = atom();
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '*' || next == '+' || next == '?') {
        at++;
        node = new Repeat(node, next == '+' ? 1 : 0, next == '?' ? 1 : Integer.MAX_VALUE);
      } else if (next == '{') {
        node = counted(node);
      } else {
        break;
      }
      if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+')) {
        if (text.charAt(at) == '+' && node instanceof Repeat repeat) {
          node = repeat.held();
        }
        at++;
      }
    }
    branch.add(node);
  }

  private void quoted(List<Node> branch) {
    int end = text.indexOf("\\E", at + 2);
    String inside = end < 0 ? text.substring(at + 2) : text.substring(at + 2, end);
    inside.codePoints().forEach(c -> branch.add(new Literal(c)));
    at = end < 0 ? text.length() : end + 2;
  }

  private Node counted(Node of) throws UnreadException {
    int end = text.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : text.substring(at + 1, end).split(",", -1);
    if (bounds.length == 0 || bounds.length > 2) {
      throw new UnreadException("a { that begins no repetition");
    }
    try {
      int least = Integer.parseInt(bounds[0].strip());
      int most = least;
      if (bounds.length == 2) {
        most = bounds[1].isBlank() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1].strip());
      }
      at = end + 1;
      return new Repeat(of, least, most);
    } catch (NumberFormatException noNumber) {
      throw new UnreadException("a { that begins no repetition");
    }
  }

  private Node atom() throws UnreadException {
    int c = text.codePointAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> brackets();
      case '\\' -> escape();
      case '.' -> passed(1, new AnyCharacter());
      case '^', '$' -> passed(1, new Place((char) c));
      case '*', '+', '?' -> throw new UnreadException("a repetition of nothing");
      default -> passed(Character.charCount(c), new Literal(c));
    };
  }

  private Node passed(int characters, Node node) {
    at += characters;
    return node;
  }

  private Node group() throws UnreadException {
    at++;
    Brackets kind = Brackets.PLAIN;
    if (text.startsWith("?", at)) {
      kind = kind(at + 1);
      if (kind != Brackets.PLAIN) {
        at += kind == Brackets.BEHIND || kind == Brackets.NOT_BEHIND ? 3 : 2;
      } else if (!opening(at + 1)) {
        return new Place(' ');
      }
    }
    List<List<Node>> branches = branches();
    if (at >= text.length()) {
      throw new UnreadException("a bracket that is not closed");
    }
    at++;
    return new Group(branches, kind);
  }

  private Brackets kind(int start) {
    if (text.startsWith(">", start)) {
      return Brackets.ATOMIC;
    } else if (text.startsWith("=", start)) {
      return Brackets.AHEAD;
    } else if (text.startsWith("!", start)) {
      return Brackets.NOT_AHEAD;
    } else if (text.startsWith("<=", start)) {
      return Brackets.BEHIND;
    }
    return text.startsWith("<!", start) ? Brackets.NOT_BEHIND : Brackets.PLAIN;
  }

  /** Reads the opening of a group that takes up text; false if it was flags alone. */
  private boolean opening(int start) throws UnreadException {
    if (text.startsWith("<", start)) {
      at = text.indexOf('>', start) + 1;
      return true;
    } else if (text.startsWith(":", start)) {
      at = start + 1;
      return true;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != ')') {
      end++;
    }
    String flags = text.substring(start, end);
    if (flags.indexOf('x') >= 0) {
      throw new UnreadException("comments in the expression");
    }
    ignoresCase |= flags.indexOf('i') >= 0;
    at = Math.min(end + 1, text.length());
    return end < text.length() && text.charAt(end) == ':';
  }

  private Node brackets() throws UnreadException {
    int start = at;
    int open = 0;
    do {
      if (at >= text.length()) {
        throw new UnreadException("brackets that are not closed");
      }
      char c = text.charAt(at);
      if (c == '\\') {
        at = text.startsWith("\\Q", at) ? end("\\E") : at + 2;
      } else {
        boolean opens = c == '[';
        open += opens ? 1 : c == ']' ? -1 : 0;
        at++;
        at += opens && text.startsWith("^", at) ? 1 : 0;
        at += opens && text.startsWith("]", at) ? 1 : 0;
      }
    } while (open > 0);
    return OneOf.of(text.substring(start, Math.min(at, text.length())));
  }

  private int end(String mark) throws UnreadException {
    int found = text.indexOf(mark, at);
    if (found < 0) {
      throw new UnreadException(mark + " is missing");
    }
    return found + mark.length();
  }

  private Node escape() throws UnreadException {
    if (at + 1 >= text.length()) {
      throw new UnreadException("a \\ at the end");
    }
    int start = at;
    int c = text.codePointAt(at + 1);
    at += 1 + Character.charCount(c);
    if (!Character.isLetterOrDigit(c)) {
      return new Literal(c);
    } else if ("dDsSwWhHvV".indexOf(c) >= 0) {
      return OneOf.of(text.substring(start, at));
    } else if ("bBAzZG".indexOf(c) >= 0) {
      if (text.startsWith("{", at)) {
        at = end("}");
      }
      return new Place((char) c);
    }
    return coded(start, c);
  }

  private Node coded(int start, int c) throws UnreadException {
    int digits = "xu0".indexOf(c) >= 0 ? c == 'u' ? 4 : c == 'x' ? 2 : 1 : 0;
    if (text.startsWith("{", at) && "pPxN".indexOf(c) >= 0) {
      at = end("}");
      return OneOf.of(text.substring(start, at));
    } else if (digits > 0 || "tnrfae".indexOf(c) >= 0) {
      at = Math.min(text.length(), at + digits);
      while (c == '0' && at < text.length() && at - start < 5 && isOctal(text.charAt(at))) {
        at++;
      }
      return OneOf.of(text.substring(start, at));
    } else if (c == 'k' && text.startsWith("<", at)) {
      at = end(">");
    } else if (c == 'c' || c == 'p' || c == 'P') {
      at = Math.min(text.length(), at + 1);
    }
    return new Unknown();
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }
}
