package io.sluice.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

final class TextGuessTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @Test
  void anEncodingIsTheFirstInWhichTheBytesAreText() throws IOException {
    String rows = "pattern;comments\nevil.example;Müller\n";

    assertThat(guess(rows.getBytes(UTF_8)).encoding()).isEqualTo(UTF_8);
    assertThat(guess(rows.getBytes(WINDOWS)).encoding()).isEqualTo(WINDOWS);
    assertThat(guess(rows.getBytes(UTF_16LE)).encoding()).isEqualTo(UTF_16LE);
    assertThat(guess(rows.getBytes(UTF_16BE)).encoding()).isEqualTo(UTF_16BE);
    assertThat(guess((rows + "\u0081").getBytes(ISO_8859_1)).encoding()).isEqualTo(ISO_8859_1);
  }

  @Test
  void aCharacterOnTheEdgeOfWhatIsReadAtOnceIsWhole() throws IOException {
    String rows = "a".repeat(64 * 1024 - 1) + "ü\n";

    assertThat(guess(rows.getBytes(UTF_8)).encoding()).isEqualTo(UTF_8);
    assertThat(guess(rows.getBytes(WINDOWS)).encoding()).isEqualTo(WINDOWS);
  }

  @Test
  void aFormatIsWhatTheFirstLineLooksLike() throws IOException {
    assertThat(guess("a,b\n".getBytes(UTF_8)).format()).isEqualTo(InputFormat.CSV);
    assertThat(guess("# feed\nevil.example\n".getBytes(UTF_8)).format())
        .isEqualTo(InputFormat.LIST);
    assertThat(guess("{\"pattern\":\"a\"}\n".getBytes(UTF_8)).format())
        .isEqualTo(InputFormat.JSONL);
  }

  @Test
  void aCompressedFileIsLookedInto() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("a;b\nÄ;c\n".getBytes(WINDOWS));
    }

    assertThat(guess(packed.toByteArray())).isEqualTo(new TextGuess(WINDOWS, InputFormat.CSV));
  }

  @Test
  void aFileWhoseCompressionIsDamagedIsClosed() {
    byte[] damaged = {0x1f, (byte) 0x8b, 7};
    AtomicBoolean closed = new AtomicBoolean();
    InputStream file =
        new ByteArrayInputStream(damaged) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThatThrownBy(() -> TextGuess.of(file)).isInstanceOf(ZipException.class);

    assertThat(closed).isTrue();
  }

  private static TextGuess guess(byte[] file) throws IOException {
    return TextGuess.of(new ByteArrayInputStream(file));
  }
}
