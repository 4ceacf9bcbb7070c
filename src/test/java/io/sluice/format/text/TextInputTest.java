package io.sluice.format.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.format.InputException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.format.Inputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class TextInputTest {
  private static final String TEXT = "pattern,comments\nx.example,Zo\u00eb \ud83e\udd8a\n";
  private static final String RECORD =
      "{\"pattern\":\"x.example\",\"comments\":\"Zo\u00eb \ud83e\udd8a\"}";
  private static final byte[] EMPTY = Inputs.zipped(new byte[0]);

  @Test
  void byteOrderMarksAreHonoured() throws IOException {
    for (Charset charset : new Charset[] {UTF_8, UTF_16LE, UTF_16BE}) {
      byte[] marked = ("\ufeff" + TEXT).getBytes(charset);
      assertThat(read(marked, UTF_8).records()).containsExactly(RECORD);
      assertThat(read(Inputs.zipped(marked), UTF_8).records()).containsExactly(RECORD);
    }
  }

  @Test
  void anEncodingThatIsNamedHolds() throws IOException {
    assertThat(read(TEXT.getBytes(UTF_16LE), UTF_16LE).records()).containsExactly(RECORD);
    assertThat(read("pattern\nZo\u00eb".getBytes(ISO_8859_1), ISO_8859_1).records())
        .containsExactly("{\"pattern\":\"Zo\u00eb\"}");
    assertThatThrownBy(() -> read(TEXT.getBytes(UTF_16LE), UTF_8))
        .isInstanceOf(InputException.class);
  }

  @Test
  void aByteOrderMarkOfAnotherEncodingIsNamed() {
    for (Charset charset : new Charset[] {UTF_8, UTF_16LE, UTF_16BE}) {
      assertThatThrownBy(() -> read(("\ufeff" + TEXT).getBytes(charset), ISO_8859_1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "begins with the byte order mark of UTF-" + (charset.equals(UTF_8) ? "8" : "16"))
          .hasMessageContaining("leave --encoding out");
    }
  }

  @Test
  void bytesOutsideTheEncodingAreNamedWithTheirPlace() {
    byte[] bytes = "pattern,comments\na,b\nc,Zo\u00eb\n".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> read(bytes, UTF_8))
        .isInstanceOfSatisfying(
            InputException.class,
            stop -> {
              assertThat(stop.line()).isEqualTo(3);
              assertThat(stop.column()).isEqualTo(5);
              assertThat(stop)
                  .hasMessageContaining("0xEB")
                  .hasMessageContaining("in windows-1252 this reads 'Zo\u00eb': if that is right")
                  .hasMessageContaining("say --encoding windows-1252; if not, name the one it has");
            });
    assertThatThrownBy(() -> read(Arrays.copyOf("pattern\n\u00eb".getBytes(UTF_8), 9), UTF_8))
        .hasMessageStartingWith("line 2, column 1: ");
  }

  /** Russian text has letters in windows-1252 too, and they are not those that were written. */
  @ParameterizedTest
  @ValueSource(strings = {"windows-1251", "windows-1250", "Shift_JIS"})
  void whatAnotherEncodingMayBeIsNotSaidToBeTheWesternOne(String charset) {
    byte[] bytes = "pattern\nзлой żółw ァ\n".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> read(bytes, UTF_8))
        .hasMessageContaining("name the one it has, such as --encoding windows-1250")
        .hasMessageContaining("windows-1251 (Russian)")
        .hasMessageContaining("Shift_JIS (Japanese)");
  }

  @Test
  void compressedFilesAreKnownByTheirFirstBytes() throws IOException {
    assertThat(read(Inputs.zipped(TEXT.getBytes(UTF_8)), UTF_8).records()).containsExactly(RECORD);
  }

  @Test
  void severalMembersAreOneFileEvenWhenTheStreamSaysThatNothingWaits() throws IOException {
    byte[] file = TEXT.repeat(50).getBytes(UTF_8);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < file.length; i += 7) {
      members.writeBytes(Inputs.zipped(Arrays.copyOfRange(file, i, Math.min(file.length, i + 7))));
    }
    for (int i = 0; i < 50_000; i++) {
      members.writeBytes(EMPTY);
    }
    members.write(new byte[512]);
    InputStream dripping =
        new ByteArrayInputStream(members.toByteArray()) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] to, int from, int length) {
            return super.read(to, from, Math.min(length, 1000));
          }
        };
    assertThat(input(file, UTF_8).read(dripping).rows()).hasSize(99);
  }

  @Test
  void cutOffOrDamagedCompressionIsAnErrorWhereverItHappens() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(Inputs.zipped(TEXT.getBytes(UTF_8)));
    int first = two.size();
    two.writeBytes(Inputs.zipped("y.example,\n".getBytes(UTF_8)));
    for (int cut = 2; cut < two.size(); cut++) {
      byte[] part = Arrays.copyOf(two.toByteArray(), cut);
      if (cut == first) {
        assertThat(read(part, UTF_8).rows()).hasSize(1);
      } else {
        assertThatThrownBy(() -> read(part, UTF_8))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("gzip");
      }
    }
    byte[] damaged = two.toByteArray();
    damaged[first - 5] ^= 1;
    assertThatThrownBy(() -> read(damaged, UTF_8)).hasMessageContaining("checksum");
  }

  @Test
  void aSpreadsheetIsRecognised() {
    byte[] zip = {'P', 'K', 3, 4, 0, 0};
    assertThatThrownBy(() -> read(zip, UTF_8)).hasMessageContaining("save it as CSV");
  }

  @Test
  void aLineOfAGibibyteFailsFastInEveryFormat() {
    for (InputFormat format : InputFormat.values()) {
      for (String kind : new String[] {"x", ",", " ", "\"\"", "[", "\\"}) {
        InputStream endless = endless("pattern,comments\nx,\"", kind);
        assertThatThrownBy(
                () ->
                    new Inputs("block_senders", InputOptions.of(format), new byte[0]).read(endless))
            .isInstanceOf(InputException.class);
      }
    }
  }

  @Test
  void aValueThatSpansLinesAndAnElementOfAnArrayHaveTheSameLimit() {
    assertThatThrownBy(
            () -> input(new byte[0], UTF_8).read(endless("pattern,comments\nx,\"", "abc\n")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("line 2")
        .hasMessageContaining("closing quote");
    assertThatThrownBy(
            () -> input(new byte[0], UTF_8).read(endless("pattern,comments\nx", ",\"\n\"")))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> Inputs.jsonl("domains", "").read(endless("[{\"a", "b")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 MiB");
    assertThatThrownBy(() -> input(new byte[0], UTF_8).read(endless("\"pattern", "\nabc")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("header");
  }

  @Test
  void aLineOfAMebibyteIsStillRead() throws IOException {
    String longest = "x".repeat(TextInput.LONGEST);
    assertThat(Inputs.list("domains", longest + "\n" + longest).read().rows()).hasSize(2);
    assertThatThrownBy(() -> Inputs.list("domains", longest + "x\n").read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 MiB");
    assertThat(Inputs.csv("domains", "domain\n" + longest + "\n").read().rows()).hasSize(1);
    String[] array = {"[", "{\"domain\":\"" + "x".repeat(1000) + "\"}"};
    String flat = array[0] + (array[1] + ",").repeat(2000) + array[1] + "]";
    assertThat(Inputs.jsonl("domains", flat).read().rows()).hasSize(2001);
  }

  @Test
  void limitsHoldAfterDecompression() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) 'x');
      for (int i = 0; i < 64; i++) {
        gzip.write(blanks);
      }
    }
    assertThatThrownBy(() -> read(bomb.toByteArray(), UTF_8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 MiB");
  }

  @Test
  void placesAreRightAcrossTheEdgesOfBuffers() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder("pattern\r\n");
      for (int i = 0; i < 3000; i++) {
        text.append("\u00e9".repeat(1 + random.nextInt(30))).append("\r\n");
      }
      byte[] whole = text.toString().getBytes(UTF_8);
      assertThat(read(whole, UTF_8).rows()).last().extracting(InputRow::line).isEqualTo(3001L);
      byte[] broken = Arrays.copyOf(whole, whole.length + 2);
      broken[whole.length] = (byte) 'x';
      broken[whole.length + 1] = (byte) 0xff;
      assertThatThrownBy(() -> read(broken, UTF_8)).hasMessageStartingWith("line 3002, column 2: ");
    }
  }

  @Test
  void anErrorIsRepeatedOnEveryLaterCall() throws IOException {
    byte[] bytes = "pattern\nx\n\u00eb\n".getBytes(ISO_8859_1);
    try (InputReader reader =
        InputReader.open(
            Catalog.get("domains"),
            new InputOptions(InputFormat.LIST, UTF_8, Map.of(), Map.of(), false),
            new ByteArrayInputStream(bytes))) {
      reader.next();
      reader.next();
      assertThatThrownBy(reader::next).isInstanceOf(InputException.class);
      assertThatThrownBy(reader::next).isInstanceOf(InputException.class);
    }
  }

  private static Inputs.Result read(byte[] file, Charset encoding) throws IOException {
    return input(file, encoding).read();
  }

  private static Inputs input(byte[] file, Charset encoding) {
    return new Inputs(
        "block_senders",
        new InputOptions(InputFormat.CSV, encoding, Map.of(), Map.of(), false),
        file);
  }

  /** A beginning, and after it one piece over and over, for a gibibyte. */
  private static InputStream endless(String beginning, String piece) {
    byte[] block = piece.repeat(8192 / piece.length()).getBytes(UTF_8);
    return new SequenceInputStream(
        new ByteArrayInputStream(beginning.getBytes(UTF_8)),
        new InputStream() {
          private long given;

          @Override
          public int read() {
            return given >= 1L << 30 ? -1 : block[(int) (given++ % block.length)];
          }

          @Override
          public int read(byte[] to, int from, int length) {
            if (given >= 1L << 30) {
              return -1;
            }
            int start = (int) (given % block.length);
            int count = Math.min(length, block.length - start);
            System.arraycopy(block, start, to, from, count);
            given += count;
            return count;
          }
        });
  }
}
