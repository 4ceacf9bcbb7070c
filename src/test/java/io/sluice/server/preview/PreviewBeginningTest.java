package io.sluice.server.preview;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.csv.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a large file a preview looks at. */
final class PreviewBeginningTest {
  private static final String ROWS = "pattern,comments\na.example,\"one\ntwo\"\nb.example,x\n";

  @TempDir private Path directory = Path.of("");

  @Test
  void aFileThatIsNotLargerIsTheFileItself() throws IOException {
    Path upload = Files.writeString(directory.resolve("upload"), ROWS);
    assertThat(beginning(upload, ROWS.length())).isEqualTo(upload);
    Path packed = Files.write(directory.resolve("packed"), gzip(ROWS));
    assertThat(beginning(packed, ROWS.length())).isEqualTo(packed);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLargerOneIsCutAfterAWholeRow(boolean packed) throws IOException {
    byte[] bytes = packed ? gzip(ROWS) : ROWS.getBytes(UTF_8);
    Path upload = Files.write(directory.resolve("upload"), bytes);
    int row = ROWS.indexOf("b.example");

    assertThat(beginning(upload, ROWS.length() - 1)).hasContent(ROWS.substring(0, row));
    Files.delete(directory.resolve("beginning"));
    int withinQuotes = ROWS.indexOf("two");
    assertThat(beginning(upload, withinQuotes)).hasContent("pattern,comments\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void oneOfWideCharactersIsCutBetweenCharacters(String encoding) throws IOException {
    Charset wide = Charset.forName(encoding);
    // The letter's bytes are those of a line feed and of a quote.
    String rows = "pattern,comments\na.example,\u0a0a\nb.example,\u2222\nc.example,\u0a22\n";
    int row = rows.indexOf("c.example");
    for (String mark : List.of("", "\ufeff")) {
      Path upload = Files.write(directory.resolve("upload"), (mark + rows).getBytes(wide));

      Path beginning = beginning(upload, 2L * rows.length() - 2);

      assertThat(Files.readString(beginning, wide)).isEqualTo(mark + rows.substring(0, row));
      Files.delete(beginning);
    }
  }

  @Test
  void oneOfWideCharactersThatAreNotPlainIsCutWhereItsEncodingSays() throws IOException {
    String rows = "\u4e00\u0a0a\n\u4e01\u220a\n\u4e02\u0a22\n";
    Path upload = Files.write(directory.resolve("upload"), rows.getBytes(UTF_16LE));
    InputOptions said = new InputOptions(InputFormat.CSV, UTF_16LE, Map.of(), Map.of(), false);

    Path beginning = PreviewBeginning.of(upload, directory, said, 2L * rows.length() - 2);

    assertThat(Files.readString(beginning, UTF_16LE)).isEqualTo(rows.substring(0, 6));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {"',0", "none,2"})
  void rowsEndWhereTheQuotesOfTheFileSay(String quote, int whole) throws IOException {
    String rows = "pattern\n'a\nb.example\nc.example'\nd.example\n";
    Path upload = Files.writeString(directory.resolve("upload"), rows);
    InputOptions quoted = InputOptions.of(InputFormat.CSV).with(Dialect.of(null, quote));

    Path beginning = PreviewBeginning.of(upload, directory, quoted, rows.indexOf("c.example") + 2L);

    assertThat(Files.readAllLines(beginning)).hasSize(1 + whole);
  }

  @Test
  void aDamagedOneIsLeftToTheCheck() throws IOException {
    byte[] whole = gzip(ROWS);
    Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, whole.length - 12));
    assertThat(beginning(cut, 1000)).isEqualTo(cut);
  }

  private Path beginning(Path upload, long most) throws IOException {
    Path beginning = PreviewBeginning.of(upload, directory, InputOptions.of(InputFormat.CSV), most);
    Path copy = directory.resolve("beginning");
    if (beginning.equals(upload)) {
      Files.deleteIfExists(copy);
    }
    return beginning;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
