package io.sluice.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines come as they are, wherever the buffer ends, and none beyond the limit. */
final class LineReaderTest {
  private static final int LIMIT = 100_000;

  @Property(tries = 200)
  void linesAreWholeWhereverReadsAndBuffersEnd(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      int length = random.nextInt(4) == 0 ? random.nextInt(LIMIT) : random.nextInt(200);
      lines.add(String.valueOf((char) ('a' + random.nextInt(26))).repeat(length));
    }
    String text = String.join("\n", lines) + "\n";

    assertThat(read(dribbling(text.getBytes(UTF_8), random), LIMIT)).isEqualTo(lines);
  }

  @Test
  void theLastLineMayLackItsEnd() throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream("a\nb".getBytes(UTF_8)), LIMIT);
    assertThat(reader.next()).isTrue();
    assertThat(reader.ended()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.ended()).isFalse();
    assertThat(reader.line()).isEqualTo(2);
    assertThat(reader.next()).isFalse();
    assertThat(reader.next()).isFalse();
  }

  @Test
  void aFileIsReadOnWhereItGrows(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "skipped\na\nun");
    try (LineReader reader = LineReader.of(file, 8, LIMIT)) {
      assertThat(reader.nextEnded()).isTrue();
      assertThat(reader.after()).isEqualTo(10);
      assertThat(reader.nextEnded()).isFalse();
      assertThat(reader.rest()).isEqualTo(2);
      assertThat(reader.offset()).isEqualTo(10);
      Files.writeString(file, "finished\n", StandardOpenOption.APPEND);
      assertThat(reader.nextEnded()).isTrue();
      assertThat(reader.end() - reader.start()).isEqualTo("unfinished".length());
    }
    try (LineReader beyond = LineReader.of(file, 1000, LIMIT)) {
      assertThat(beyond.nextEnded()).isFalse();
    }
  }

  @Test
  void aNewlineInQuotesEndsNoRecordOfCsv(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "a,\"b\n\"\"c\"\nd\n");
    try (LineReader reader = LineReader.ofCsv(file, 0, LIMIT)) {
      assertThat(reader.nextEnded()).isTrue();
      assertThat(reader.after()).isEqualTo(10);
      assertThat(reader.nextEnded()).isTrue();
      assertThat(reader.nextEnded()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"'',0", "'\n',1", "'\n\n',2", "'a',1", "'a\n',1", "'\na',2", "'a\r\n',1"})
  void emptyLinesCount(String text, int lines) throws IOException {
    assertThat(read(new ByteArrayInputStream(text.getBytes(UTF_8)), LIMIT)).hasSize(lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000, 65_535, 65_536, 65_537, 100_000})
  void aLineAsLongAsTheLimitIsTakenAndALongerOneRefused(int limit) throws IOException {
    for (String end : List.of("", "\n", "\n1\n")) {
      String fits = "x\n" + "a".repeat(limit) + end;
      assertThat(read(new ByteArrayInputStream(fits.getBytes(UTF_8)), limit)).hasSizeBetween(2, 3);
      String tooLong = "x\n" + "a".repeat(limit + 1) + end;
      assertThatThrownBy(() -> read(new ByteArrayInputStream(tooLong.getBytes(UTF_8)), limit))
          .isInstanceOf(IOException.class)
          .hasMessage("line 2 is longer than " + limit + " bytes");
    }
  }

  private static List<String> read(InputStream in, int limit) throws IOException {
    LineReader reader = new LineReader(in, limit);
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(new String(reader.buffer(), reader.start(), reader.end() - reader.start(), UTF_8));
      assertThat(reader.line()).isEqualTo(lines.size());
    }
    return lines;
  }

  /** A stream that brings a few bytes at a time. */
  private static InputStream dribbling(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(50_000)));
      }
    };
  }
}
