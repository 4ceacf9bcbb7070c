package io.sluice.format.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.OptionNames;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file format that is no text, known by the bytes that it begins with. Source: the formats' own
 * specifications, and the <i>magic numbers</i> that RFC 1952, RFC 8478 and others define.
 *
 * @param magic the bytes, as ISO 8859-1
 * @param at where they stand
 * @param name the format, for people
 * @param remedy what to do with it
 */
record BinaryKind(String magic, int at, String name, String remedy) {
  private static final String UNPACK = "unpack it and take the file inside";
  private static final String EXPORT = "export its rows as CSV and take that";
  private static final String SAVE = "save the sheet as CSV UTF-8 and take that";
  private static final String WORKBOOK = "an Excel workbook or another Office file";
  private static final String COPY = "copy the list into a CSV or text file and take that";
  private static final int SAMPLE = 512;

  /** The blank, the full stop, the comma, the dash, the underscore and the at sign of EBCDIC. */
  private static final String EBCDIC = "@Kk`m|";

  private static final List<BinaryKind> ALL =
      List.of(
          new BinaryKind("mimetypeapplication/vnd.oasis", 30, "an OpenDocument file", SAVE),
          new BinaryKind("[Content_Types].xml", 30, WORKBOOK, SAVE),
          new BinaryKind("docProps/", 30, WORKBOOK, SAVE),
          new BinaryKind("_rels/.rels", 30, WORKBOOK, SAVE),
          new BinaryKind("xl/", 30, WORKBOOK, SAVE),
          new BinaryKind(
              "PK\3\4", 0, "a ZIP or a spreadsheet file", "save it as CSV, or " + UNPACK),
          new BinaryKind("PK\5\6", 0, "an empty ZIP file", "get the file again"),
          new BinaryKind(
              "\u00d0\u00cf\u0011\u00e0",
              0,
              "an Excel (.xls), Outlook (.msg) or other old Office file",
              SAVE),
          new BinaryKind("%PDF-", 0, "a PDF document", COPY),
          new BinaryKind("{\\rtf", 0, "a rich text (RTF) document", COPY),
          new BinaryKind("\u001f\u008b", 0, "compressed by gzip twice", "run gunzip on it once"),
          new BinaryKind("BZh", 0, "compressed by bzip2", UNPACK),
          new BinaryKind("\u00fd7zXZ\0", 0, "compressed by xz", UNPACK),
          new BinaryKind("(\u00b5/\u00fd", 0, "compressed by Zstandard", UNPACK),
          new BinaryKind("\u0004\"M\u0018", 0, "compressed by LZ4", UNPACK),
          new BinaryKind("\u001f\u009d", 0, "compressed by compress", UNPACK),
          new BinaryKind("7z\u00bc\u00af'\u001c", 0, "a 7-Zip archive", UNPACK),
          new BinaryKind("Rar!\u001a", 0, "a RAR archive", UNPACK),
          new BinaryKind("ustar\0", 257, "a tar archive", UNPACK),
          new BinaryKind("ustar  \0", 257, "a tar archive", UNPACK),
          new BinaryKind("SQLite format 3\0", 0, "an SQLite database", EXPORT),
          new BinaryKind("PAR1", 0, "a Parquet file", EXPORT),
          new BinaryKind("Obj\1", 0, "an Avro file", EXPORT),
          new BinaryKind("ORC", 0, "an ORC file", EXPORT),
          new BinaryKind("\u0089PNG", 0, "a picture", COPY),
          new BinaryKind("\u00ff\u00d8\u00ff", 0, "a picture", COPY),
          new BinaryKind("GIF8", 0, "a picture", COPY));

  /**
   * What the first bytes show the file to be, and what to do; null if it may be text.
   *
   * @param encoding the encoding that the file should have
   */
  static @Nullable String refusal(byte[] first, Charset encoding, OptionNames names) {
    String option = names.of("encoding");
    String text = new String(first, ISO_8859_1);
    for (BinaryKind kind : ALL) {
      if (text.startsWith(kind.magic, kind.at) && kind.isCertain(text)) {
        return "this file is " + kind.name + "; " + kind.remedy;
      }
    }
    String sample = text.substring(0, Math.min(SAMPLE, text.length()));
    if (encoding.name().startsWith("UTF-16") || encoding.name().startsWith("UTF-32")) {
      return null;
    }
    boolean ebcdic = encoding.equals(UTF_8) && isEbcdic(sample);
    if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
      return "the file begins with the byte order mark of UTF-16, which is no "
          + encoding.name()
          + " text: leave "
          + option
          + " out";
    } else if (text.startsWith("\u00ef\u00bb\u00bf") && !encoding.equals(UTF_8)) {
      return "the file begins with the byte order mark of UTF-8, and "
          + option
          + " says "
          + encoding.name()
          + ": leave "
          + option
          + " out";
    }
    return ebcdic
        ? "this looks like EBCDIC text; convert it to UTF-8, or name its encoding, such as "
            + names.with("encoding", "IBM1047")
        : zeros(sample, names);
  }

  /** Letters alone may begin a line of text as well; then what follows must be no text either. */
  private boolean isCertain(String text) {
    boolean letters = magic.chars().allMatch(Character::isLetterOrDigit) && at == 0;
    return !letters || text.chars().limit(SAMPLE).anyMatch(c -> c < '\t');
  }

  /** ASCII's letters, digits and punctuation become other bytes in EBCDIC, most above 127. */
  private static boolean isEbcdic(String sample) {
    // The sample may end inside a character: one that is broken near its end proves nothing.
    int broken = new String(sample.getBytes(ISO_8859_1), UTF_8).indexOf('\ufffd');
    boolean utf8 = broken < 0 || broken >= sample.length() / 4;
    long letters =
        sample.chars().filter(c -> (c > 0x80 && c < 0xfa) || EBCDIC.indexOf(c) >= 0).count();
    boolean latin = sample.chars().anyMatch(c -> (c > ' ' && c < '%') || (c > '%' && c < '@'));
    return !utf8 && !latin && sample.length() > 8 && letters > sample.length() * 0.8;
  }

  private static @Nullable String zeros(String sample, OptionNames names) {
    int[] zeros = new int[2];
    for (int i = 0; i < sample.length(); i++) {
      zeros[i % 2] += sample.charAt(i) == 0 ? 1 : 0;
    }
    int half = sample.length() / 2;
    if (half > 0 && zeros[0] + zeros[1] == sample.length()) {
      return "the file begins with nothing but NUL bytes, as after a failed download or a crash;"
          + " get it again";
    } else if (half > 1 && zeros[0] == 0 && zeros[1] > half * 0.7) {
      return unmarked("UTF-16LE", names);
    } else if (half > 1 && zeros[1] == 0 && zeros[0] > half * 0.7) {
      return unmarked("UTF-16BE", names);
    }
    return null;
  }

  private static String unmarked(String encoding, OptionNames names) {
    return "this looks like UTF-16 text without a byte order mark; say "
        + names.with("encoding", encoding);
  }
}
