package io.sluice.format.json;

import io.sluice.format.InputException;
import io.sluice.format.text.TextInput;
import io.sluice.format.text.TextLines;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the JSON texts of a file begin and end: each on a line of its own, or all in one array. A
 * malformed one does not keep the next from being found.
 */
sealed interface JsonElements {

  /** The next text; null at the end. Not checked. */
  @Nullable String next() throws IOException;

  /** The line on which it begins, from 1. */
  long line();

  /** Finds out which it is. */
  static JsonElements of(TextInput in) throws IOException {
    while (in.peek() >= 0 && Character.isWhitespace(in.peek())) {
      in.read();
    }
    if (in.peek() != '[') {
      return new OnLines(new TextLines(in));
    }
    in.liftLineLimit();
    in.read();
    return new InArray(in);
  }

  /** One a line. */
  record OnLines(TextLines lines) implements JsonElements {
    @Override
    public @Nullable String next() throws IOException {
      return lines.next();
    }

    @Override
    public long line() {
      return lines.line();
    }
  }

  /** The elements of an array, laid out in any manner. */
  final class InArray implements JsonElements {
    private final TextInput in;
    private final StringBuilder text = new StringBuilder();
    private long line;
    private boolean begun;
    private boolean ended;

    InArray(TextInput in) {
      this.in = in;
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public @Nullable String next() throws IOException {
      skipBlanks();
      if (!ended && !begun && in.peek() == ']') {
        ended = true;
        in.read();
      }
      if (ended) {
        end();
        return null;
      }
      begun = true;
      line = in.line();
      text.setLength(0);
      element();
      return text.toString().strip();
    }

    /** Copies up to the comma or the bracket behind the element, and passes that. */
    private void element() throws IOException {
      int depth = 0;
      while (true) {
        int c = read();
        if (c == '"') {
          add(c);
          string();
          continue;
        }
        if (depth == 0 && (c == ',' || c == ']')) {
          ended = c == ']';
          return;
        }
        depth += c == '{' || c == '[' ? 1 : 0;
        depth -= depth > 0 && (c == '}' || c == ']') ? 1 : 0;
        add(c);
      }
    }

    private void string() throws IOException {
      int c;
      do {
        c = read();
        add(c);
        if (c == '\\') {
          add(read());
        }
      } while (c != '"');
    }

    private int read() throws IOException {
      int c = in.read();
      if (c < 0) {
        throw new InputException(
            line, "the array is cut off in the element that begins here; get the whole file");
      }
      return c;
    }

    private void add(int c) throws InputException {
      if (text.length() > TextInput.LONGEST) {
        throw new InputException(
            line, "the element that begins here is longer than 1 MiB; is a quote missing?");
      }
      text.append((char) c);
    }

    private void end() throws IOException {
      skipBlanks();
      if (in.peek() >= 0) {
        throw new InputException(
            in.line(), in.column() + 1, "text behind the end of the array; take it out");
      }
    }

    private void skipBlanks() throws IOException {
      while (in.peek() >= 0 && Character.isWhitespace(in.peek())) {
        in.read();
      }
    }
  }
}
