package io.sluice.format.text;

import io.sluice.format.InputException;
import io.sluice.format.OptionNames;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * The characters of a file, one by one, and where one is. Decompresses what begins as gzip does.
 * Blocking; memory does not depend on the file. Compressed data that are damaged, bytes that are
 * not of the encoding and lines that are too long are an {@link InputException} at their place.
 */
public final class TextInput implements Closeable {
  /** The longest line, and the longest value that spans lines, in characters. */
  public static final int LONGEST = 1 << 20;

  /** How many bytes are looked at to find out what a file is. */
  private static final int FIRST = 8 * 1024;

  private static final int END_OF_LINE = Math.max('\n', '\r');

  private final InputStream in;
  private Head head;
  private final OptionNames names;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes;
  private final char[] chars;
  private int at;
  private int end;
  private boolean drained;
  private boolean ended;
  private boolean unlimited;
  private boolean needsMark;

  /** The position of {@code chars[0]} in the text. */
  private long base;

  private long line;
  private long lineStart;
  private long afterReturn = -1;

  private TextInput(
      InputStream in,
      Charset encoding,
      Head head,
      OptionNames names,
      char[] chars,
      int end,
      long line) {
    this.in = in;
    this.head = head;
    this.names = names;
    this.decoder =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.bytes = ByteBuffer.allocate(16 * 1024).flip();
    this.chars = chars;
    this.end = end;
    this.line = line;
  }

  /**
   * Begins to read a file. A byte order mark is taken for what it is.
   *
   * @throws InputException if the file is no text
   */
  public static TextInput of(InputStream file, Charset encoding, OptionNames names)
      throws IOException {
    FirstBytes plain = FirstBytes.of(file, FIRST);
    if (plain.beginsWith(Gunzip.MAGIC >> 8, Gunzip.MAGIC & 0xff)) {
      try {
        plain = FirstBytes.of(new Gunzip(plain), FIRST);
      } catch (ZipException | EOFException damaged) {
        throw damaged(1, damaged);
      }
    }
    Charset actual = encoding.equals(StandardCharsets.UTF_8) ? marked(plain) : encoding;
    String foreign = BinaryKind.refusal(plain.bytes(), actual, names);
    if (foreign != null) {
      throw new InputException(1, foreign);
    }
    String first = new String(plain.bytes(), actual);
    String unmarked = first.startsWith("\ufeff") ? first.substring(1) : first;
    Head head = new Head(unmarked, plain.bytes().length < FIRST);
    TextInput text = new TextInput(plain, actual, head, names, new char[16 * 1024], 0, 1);
    text.needsMark = first.startsWith("\ufeff") || !actual.equals(StandardCharsets.UTF_8);
    if (text.peek() == 0xfeff) {
      text.at++;
      text.lineStart = 1;
    }
    return text;
  }

  /** Reads a text that was read before, beginning in that line. */
  public static TextInput of(String text, long line) {
    InputStream nothing = InputStream.nullInputStream();
    Head head = new Head(text, true);
    char[] chars = text.toCharArray();
    return new TextInput(
        nothing,
        StandardCharsets.UTF_8,
        head,
        OptionNames.COMMAND_LINE,
        chars,
        text.length(),
        line);
  }

  /**
   * Passes over everything above a line.
   *
   * @throws InputException if there is no such line
   */
  public void skipTo(long wanted) throws IOException {
    head = head.from(wanted - line + 1);
    while (line < wanted) {
      if (read() < 0) {
        throw new InputException(
            0,
            names.with("header-line", String.valueOf(wanted))
                + ": the file has no such line; its last is "
                + line);
      }
      if (peek() == '\n' && base + at == afterReturn) {
        read();
      }
    }
  }

  /** How the text begins, whatever has been read of it; what was skipped is no part of it. */
  public Head head() {
    return head;
  }

  /** True if the file begins with a byte order mark, or is in another encoding than UTF-8. */
  public boolean needsMark() {
    return needsMark;
  }

  /** The next character, or -1 at the end. Line ends come as they are in the file. */
  public int read() throws IOException {
    if (at == end && !fill()) {
      return -1;
    }
    char c = chars[at++];
    if (c <= END_OF_LINE && (c == '\n' || c == '\r')) {
      endLine(c);
    }
    return c;
  }

  /** The character that {@link #read} will give. */
  public int peek() throws IOException {
    return at == end && !fill() ? -1 : chars[at];
  }

  /** The line of the next character, from 1. */
  public long line() {
    return line;
  }

  /** How many characters of that line have been read. */
  public long column() {
    return base + at - lineStart;
  }

  /** From now on lines may be of any length; the reader looks after its own limits. */
  public void liftLineLimit() {
    unlimited = true;
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    in.close();
  }

  private void endLine(char c) throws InputException {
    long position = base + at;
    boolean secondHalf = c == '\n' && position - 1 == afterReturn;
    if (!secondHalf) {
      limit(position - 1);
      line++;
    }
    if (c == '\r') {
      afterReturn = position;
    }
    lineStart = position;
  }

  private void limit(long position) throws InputException {
    if (position - lineStart > LONGEST && !unlimited) {
      throw new InputException(
          line, "the line is longer than 1 MiB; is this a file of lines at all?");
    }
  }

  private boolean fill() throws IOException {
    base += end;
    at = 0;
    end = 0;
    limit(base);
    while (!ended) {
      CharBuffer out = CharBuffer.wrap(chars);
      CoderResult result = decoder.decode(bytes, out, drained);
      if (drained && result.isUnderflow() && out.position() == 0) {
        decoder.flush(out);
        ended = true;
      }
      end = out.position();
      if (end > 0) {
        return true;
      } else if (result.isError()) {
        throw malformed();
      } else if (!drained) {
        more();
      }
    }
    return false;
  }

  private void more() throws IOException {
    bytes.compact();
    try {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      drained = read < 0;
      bytes.position(bytes.position() + Math.max(0, read));
    } catch (ZipException | EOFException damaged) {
      throw damaged(line, damaged);
    } finally {
      bytes.flip();
    }
  }

  private InputException malformed() {
    String hex = String.format(Locale.ROOT, "0x%02X", bytes.get(bytes.position()));
    String name = decoder.charset().name();
    return new InputException(
        line,
        column() + 1,
        "the byte "
            + hex
            + " does not belong in "
            + name
            + " text; "
            + EncodingFit.advice(bytes.array(), bytes.position(), bytes.limit(), names));
  }

  private static InputException damaged(long line, IOException why) {
    return new InputException(
        line,
        "the gzip data are damaged or cut off here ("
            + why.getMessage()
            + "); get the file again, then try again");
  }

  private static Charset marked(FirstBytes file) {
    if (file.beginsWith(0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    return file.beginsWith(0xfe, 0xff) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
  }
}
