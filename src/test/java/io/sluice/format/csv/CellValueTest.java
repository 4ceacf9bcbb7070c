package io.sluice.format.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.FieldType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellValueTest {
  private static final FieldType TEXT = new FieldType.Text(0, 1024);
  private static final FieldType FLAG = new FieldType.Flag();
  private static final FieldType WHOLE = new FieldType.Whole(1, 20);
  private static final FieldType TEXTS = new FieldType.Many(TEXT, 0, 10);

  @ParameterizedTest
  @CsvSource({
    "TRUE,true",
    "yes,true",
    "1,true",
    "false,false",
    "NO,false",
    "0,false",
    "on,",
    "' true',"
  })
  void flags(String cell, @Nullable String value) {
    assertThat(read(FLAG, cell)).isEqualTo(value == null ? "wrong" : value);
  }

  @ParameterizedTest
  @CsvSource({
    "7,7",
    "-07,-7",
    "9223372036854775807,9223372036854775807",
    "9223372036854775808,wrong",
    "+7,wrong",
    "-,wrong",
    "1e5,wrong",
    "1.0,wrong",
    "' 1',wrong",
    "\u0661,wrong"
  })
  void wholeNumbers(String cell, String value) {
    assertThat(read(WHOLE, cell)).isEqualTo(value);
  }

  @Test
  void emptyNullAndEscapedCells() {
    assertThat(read(TEXT, null)).isEqualTo("nothing");
    assertThat(read(TEXT, "")).isEqualTo("\"\"");
    for (FieldType type : new FieldType[] {FLAG, WHOLE, TEXTS, new FieldType.Timestamp()}) {
      assertThat(read(type, null)).isEqualTo("nothing");
      assertThat(read(type, "")).isEqualTo("nothing");
      assertThat(read(type, "\\N")).isEqualTo("null");
    }
    assertThat(read(TEXT, "\\\\N")).isEqualTo("\"\\\\N\"");
    assertThat(read(TEXT, "\\\\\\N")).isEqualTo("\"\\\\\\\\N\"");
    assertThat(read(TEXT, "\\\\n")).isEqualTo("\"\\\\\\\\n\"");
    assertThat(read(TEXT, "N")).isEqualTo("\"N\"");
    assertThat(read(TEXT, "a\\\\N")).isEqualTo("\"a\\\\\\\\N\"");
  }

  @Test
  void lists() {
    assertThat(read(TEXTS, "a;b c; d")).isEqualTo("[\"a\",\"b c\",\" d\"]");
    assertThat(read(TEXTS, "a")).isEqualTo("[\"a\"]");
    assertThat(read(TEXTS, "[]")).isEqualTo("[]");
    assertThat(read(TEXTS, "[\"a;b\",\"\"]")).isEqualTo("[\"a;b\",\"\"]");
    assertThat(read(TEXTS, "[\"a\"] x")).isEqualTo("wrong");
    assertThat(read(TEXTS, "[".repeat(200))).isEqualTo("wrong");
    assertThat(read(TEXTS, "[\"\\ud800\"]")).isEqualTo("wrong");
    assertThat(read(new FieldType.Many(WHOLE, 0, 9), "1;2")).isEqualTo("[1,2]");
    assertThat(read(new FieldType.Many(WHOLE, 0, 9), "1;x")).isEqualTo("wrong");
  }

  private static String read(FieldType type, @Nullable String cell) {
    CellValue value = CellValue.of(type, cell);
    if (value instanceof CellValue.Given given) {
      return given.value().toString();
    }
    return value instanceof CellValue.Wrong ? "wrong" : "nothing";
  }
}
