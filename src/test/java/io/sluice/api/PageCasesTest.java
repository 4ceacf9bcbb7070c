package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.sluice.api.PageComparison.End;
import io.sluice.api.json.JsonScanner;
import io.sluice.hash.Hash64;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** The corners of a page, each as Jackson reads it. */
final class PageCasesTest {
  private static final int LEVELS_OF_A_RECORD = 3;

  @ParameterizedTest
  @ValueSource(strings = {"i\\u0064", "\\u0069d", "\\u0069\\u0064", "\\u0069\\u0064"})
  void aNameMayBeWrittenWithEscapes(String id) {
    assertThat(id(record("\"" + id + "\":\"x\""))).isEqualTo(id(record("\"id\":\"x\"")));
    assertThat(parse(record("\"" + id + "\":\"x\"")).identified()).isTrue();
  }

  @Test
  void theEnvelopesNamesMayBeWrittenWithEscapesToo() {
    String json =
        "{\"succes\\u0073\":true,\"r\\u0065sult\":[{\"id\":1}],"
            + "\"result_inf\\u006f\":{\"total_\\u0063ount\":5}}";
    both(json, End.BOTH_TAKE);
    assertThat(parse(json).info().totalCount()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ID", "Id", "i\\u0044", "id ", "i\\td", "\\u0000id", "id\\u0000", "", "i", "idd"})
  void otherNamesAreNoIds(String name) {
    both(record("\"" + name + "\":\"x\""), End.BOTH_TAKE);
    assertThat(parse(record("\"" + name + "\":\"x\"")).identified()).isFalse();
  }

  /** As ever: of several ids the last counts that is one; null and what has parts are none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id':'a','id':'b'|b",
        "'id':'a','id':null|a",
        "'id':null,'id':'a'|a",
        "'id':'a','id':{'id':'b'}|a",
        "'id':'a','id':['b']|a",
        "'id':'a','i\\u0064':7|7",
        "'id':'true','x':1|true",
        "'id':true|true",
        "'id':-0.50e1|-0.50e1"
      })
  void ofDuplicateIdsTheLastCounts(String fields, String id) {
    String json = record(fields.replace('\'', '"'));
    both(json, End.BOTH_TAKE);
    assertThat(id(json)).isEqualTo(id(record("\"id\":\"" + id + "\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'success':true,'result':[{'id':1}],'result':[{'id':2}]|2",
        "'success':true,'result':[{'id':1}],'result':null|1",
        "'success':true,'result':null,'result':[{'id':1}]|1",
        "'success':false,'result':[{'id':1}],'success':true|1",
        "'success':true,'result':[],'result_info':{'count':1},'result_info':{'total_count':0}|0"
      })
  void membersOfTheEnvelopeMayComeTwice(String members, int count) {
    String json = "{" + members.replace('\'', '"') + "}";
    both(json, End.BOTH_TAKE);
    assertThat(parse(json).count()).isEqualTo(count);
  }

  @Test
  void ofDuplicateCountsTheLastCounts() {
    String json =
        ("{'success':true,'result':[],'result_info':{'per_page':5,'total_count':1,'total_count':2},"
                + "'result_info':{'total_count':3}}")
            .replace('\'', '"');
    both(json, End.BOTH_TAKE);
    assertThat(parse(json).info()).isEqualTo(new PageInfo(5, 3L));
  }

  /** As Jackson has it: half a surrogate pair is taken in a value, an id too, and not in a name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83e",
        "\\udd8a",
        "\\udd8a\\ud83e",
        "\\ud83ex",
        "\\ud83e\\n",
        "\\ud83e\\ud83e\\udd8a"
      })
  void halfASurrogatePairIsTakenInValuesAlone(String half) {
    both(record("\"id\":\"" + half + "\""), End.BOTH_TAKE);
    both(record("\"a\":[\"" + half + "\"]"), End.BOTH_TAKE);
    both(record("\"" + half + "\":1"), End.BOTH_REFUSE);
    both(record("\"a\":{\"" + half + "\":1}"), End.BOTH_REFUSE);
    both("{\"success\":true,\"" + half + "\":1,\"result\":[]}", End.BOTH_REFUSE);
  }

  @Test
  void halvesOfSurrogatePairsAreDifferentIds() {
    List<String> ids =
        List.of(
            "\\ud83e", "\\udd8a", "\\ud83e\\udd8a", "\\udd8a\\ud83e", "?", "\\ufffd", "\\u0000");
    assertThat(ids.stream().map(id -> id(record("\"id\":\"" + id + "\""))).distinct()).hasSize(7);
    assertThat(id(record("\"id\":\"\\ud83e\\udd8a\""))).isEqualTo(id(record("\"id\":\"🦊\"")));
    assertThat(id(record("\"id\":\"\\u00e9\\u4e2d\\n\\/\"")))
        .isEqualTo(id(record("\"id\":\"\\u00E9中\\u000a/\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "BF",
        "C0AF",
        "C1BF",
        "C3",
        "C328",
        "E08080",
        "E09FBF",
        "E282",
        "E28228",
        "EDA080",
        "EDBFBF",
        "F0808080",
        "F08FBFBF",
        "F09FA6",
        "F0288CBC",
        "F4908080",
        "F5808080",
        "F8888080",
        "FF"
      })
  void brokenUtf8IsRefusedWhereverItStands(String hex) {
    byte[] broken = HexFormat.of().parseHex(hex);
    for (int before = 0; before < 9; before++) {
      for (String around : List.of("\"id\":\"%\"", "\"%\":1", "\"a\":[{\"b\":\"%\"}]", "%", "1%")) {
        byte[] json = replaced(record(padded(around, before)), broken);
        assertThatThrownBy(() -> parse(json)).isInstanceOf(JacksonException.class);
        PageComparison.of(json);
      }
    }
  }

  private static String padded(String around, int before) {
    return "\"" + "p".repeat(before) + "\":0," + around;
  }

  @Test
  void charactersAtTheEdgesOfUtf8AreTaken() {
    for (int point :
        new int[] {0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
      String text = Character.toString(point);
      both(record("\"" + text + "\":\"" + text + "\",\"id\":\"" + text + "\""), End.BOTH_TAKE);
    }
  }

  /** Every boundary of a string at every place within the eight bytes of a step. */
  @Test
  void stringsOfEveryLengthBeginAndEndAnywhere() {
    for (int shift = 0; shift < 8; shift++) {
      for (int length = 0; length < 20; length++) {
        for (String inside :
            List.of("", "\\\"", "\\\\", "\\u0041", "é", "🦊", "\\ud83e", " ", "{", "\u007f")) {
          for (int at = 0; at <= length; at += Math.max(1, length - 1)) {
            String text = "a".repeat(at) + inside + "b".repeat(length - at);
            String shifted =
                " ".repeat(shift)
                    + record("\"id\":\"" + text + "\",\"" + text.replace("\\ud83e", "") + "\":0");
            both(shifted, End.BOTH_TAKE);
          }
        }
      }
    }
  }

  @Test
  void aControlCharacterInAStringIsRefusedAtEveryPlace() {
    for (int length = 1; length < 20; length++) {
      for (int at = 0; at < length; at++) {
        for (char control : new char[] {0, 1, '\n', 0x1f}) {
          StringBuilder text = new StringBuilder("a".repeat(length));
          text.setCharAt(at, control);
          both(record("\"id\":\"" + text + "\""), End.BOTH_REFUSE);
          both(record("\"" + text + "\":0"), End.BOTH_REFUSE);
        }
      }
    }
  }

  @Test
  void blanksMayStandBetweenAnyTwoTokens() {
    List<String> tokens =
        List.of(
            "{",
            "\"success\"",
            ":",
            "true",
            ",",
            "\"result\"",
            ":",
            "[",
            "{",
            "\"id\"",
            ":",
            "\"a b\"",
            ",",
            "\"n\"",
            ":",
            "-1.5e3",
            ",",
            "\"l\"",
            ":",
            "[",
            "{",
            "}",
            ",",
            "[",
            "]",
            ",",
            "null",
            "]",
            "}",
            ",",
            "{",
            "}",
            "]",
            ",",
            "\"result_info\"",
            ":",
            "{",
            "\"count\"",
            ":",
            "2",
            "}",
            "}");
    for (int i = 0; i <= tokens.size(); i++) {
      for (String blank : List.of(" ", "\n", "\r", "\t", " \n\t\r ", " ".repeat(17))) {
        String json =
            String.join("", tokens.subList(0, i))
                + blank
                + String.join("", tokens.subList(i, tokens.size()));
        both(json, End.BOTH_TAKE);
      }
      for (String none : List.of("\f", "\u000b", "\u0000", "\u00a0", "\ufeff", "\u0085")) {
        String json =
            String.join("", tokens.subList(0, i))
                + none
                + String.join("", tokens.subList(i, tokens.size()));
        both(json, none.equals("\ufeff") && i == 0 ? End.BOTH_TAKE : End.BOTH_REFUSE);
      }
    }
    both(String.join(" \r\n\t ", tokens), End.BOTH_TAKE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "-0.0e-0",
        "1E400",
        "1e+5",
        "10",
        "123456789012345678901234567890"
      })
  void numbersAreTakenAsTheyAre(String number) {
    both(record("\"id\":" + number), End.BOTH_TAKE);
    both(record("\"a\":[" + number + "," + number + "]"), End.BOTH_TAKE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "+1",
        "01",
        "-01",
        "00",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "1e-",
        "0x1",
        "1_0",
        "--1",
        "1-",
        "1.5.5",
        "1e5.5",
        "Infinity",
        "-Infinity",
        "NaN",
        "1\"\"",
        "1[]",
        "1{}",
        "1true",
        "tru",
        "True",
        "truee",
        "nul",
        "nulll",
        "fals",
        "falsee",
        "'a'",
        "/**/1",
        "1//",
        "#",
        "\\u0031",
        ""
      })
  void whatIsNoValueIsRefused(String value) {
    both(record("\"id\":" + value), End.BOTH_REFUSE);
    both(record("\"a\":[" + value + ",1]"), End.BOTH_REFUSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\a", "\\'", "\\U0041", "\\u004", "\\u004g", "\\u", "\\x41", "\\0", "\\", "\\ "})
  void whatIsNoEscapeIsRefused(String escape) {
    for (int before = 0; before < 9; before++) {
      both(record("\"id\":\"" + "a".repeat(before) + escape + "\""), End.BOTH_REFUSE);
      both(record("\"" + "a".repeat(before) + escape + "\":1"), End.BOTH_REFUSE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{]}",
        "[{}",
        "[}",
        "{\"a\":]}",
        "[[{}]",
        "{\"a\":[}]",
        "[,]",
        "[1,]",
        "[1 2]",
        "{,}",
        "{\"a\"}",
        "{\"a\",1}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}"
      })
  void whatDoesNotNestIsRefused(String value) {
    both(record("\"id\":7,\"a\":" + value), End.BOTH_REFUSE);
    both("{\"success\":true,\"a\":" + value + ",\"result\":[]}", End.BOTH_REFUSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "{}", "[]", ",", "}", "]", "\"\"", "null", "\u0000", " x", "\n{}", "\ufeff"})
  void nothingMayFollow(String trailing) {
    both(record("\"id\":7") + trailing, End.BOTH_REFUSE);
  }

  @Test
  void oneMarkOfUtf8MayComeFirstAndNoOtherEncoding() {
    String json = record("\"id\":7");
    both("\ufeff" + json, End.BOTH_TAKE);
    both("\ufeff \n" + json, End.BOTH_TAKE);
    both("\ufeff\ufeff" + json, End.BOTH_REFUSE);
    both(" \ufeff" + json, End.BOTH_REFUSE);
    both("\ufeff", End.BOTH_REFUSE);
    for (int cut = 1; cut < 3; cut++) {
      PageComparison.of(Arrays.copyOf("\ufeff".getBytes(UTF_8), cut));
    }
  }

  /** An event loop has a stack of its own; a page nested to the limit does not need it. */
  @Test
  void aPageNestedToTheLimitIsReadOnAnEventLoop() throws Exception {
    int inside = JsonScanner.DEEPEST - LEVELS_OF_A_RECORD;
    DefaultEventLoop loop = new DefaultEventLoop();
    try {
      for (boolean objects : new boolean[] {true, false}) {
        String deepest = record("\"id\":7,\"a\":" + nested(inside, objects));
        assertThat(loop.submit(() -> PageComparison.of(deepest.getBytes(UTF_8))).get())
            .isEqualTo(End.BOTH_TAKE);
        String deeper = record("\"id\":7,\"a\":" + nested(inside + 1, objects));
        assertThat(loop.submit(() -> PageComparison.of(deeper.getBytes(UTF_8))).get())
            .isEqualTo(End.BOTH_REFUSE);
      }
      String endless = record("\"a\":" + "[{\"a\":".repeat(500_000));
      assertThat(loop.submit(() -> PageComparison.of(endless.getBytes(UTF_8))).get())
          .isEqualTo(End.BOTH_REFUSE);
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static String nested(int levels, boolean objects) {
    return objects
        ? "{\"a\":".repeat(levels) + "1" + "}".repeat(levels)
        : "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void namesAndNumbersMayBeAsLongAsJacksonTakesThem() {
    int name = JsonScanner.LONGEST_NAME;
    both(record("\"" + "n".repeat(name) + "\":1"), End.BOTH_TAKE);
    both(record("\"" + "n".repeat(name + 1) + "\":1"), End.BOTH_REFUSE);
    both(record("\"\\u0041" + "n".repeat(name - 1) + "\":1"), End.BOTH_TAKE);
    both(record("\"\\u0041" + "n".repeat(name) + "\":1"), End.BOTH_REFUSE);
    int digits = JsonScanner.MOST_DIGITS;
    both(record("\"a\":-" + "7".repeat(digits)), End.BOTH_TAKE);
    both(record("\"a\":" + "7".repeat(digits + 1)), End.BOTH_REFUSE);
    both(record("\"a\":-1.5e-" + "7".repeat(digits - 2)), End.BOTH_TAKE);
    both(record("\"a\":-1.5e-" + "7".repeat(digits - 1)), End.BOTH_REFUSE);
    both(record("\"a\":\"" + "s".repeat(3 << 20) + "\""), End.BOTH_TAKE);
  }

  @Test
  void theRoomBehindAnAnswerIsMadeWhereItLacks() {
    byte[] answer = record("\"id\":7").getBytes(UTF_8);
    for (int room = 0; room < 20; room++) {
      byte[] array = Arrays.copyOf(answer, answer.length + room);
      Arrays.fill(array, answer.length, array.length, (byte) '"');
      Page page = PageParser.parse(array, answer.length, 1, 20, Hash64.keyed(1));
      assertThat(page.count()).isEqualTo(1);
      assertThat(page.bytes() == array).isEqualTo(room >= JsonScanner.ROOM);
    }
  }

  private static void both(String json, End end) {
    assertThat(PageComparison.of(json.getBytes(UTF_8)))
        .describedAs(json.length() < 500 ? json : json.substring(0, 500))
        .isEqualTo(end);
  }

  private static byte[] replaced(String json, byte[] put) {
    byte[] bytes = json.getBytes(UTF_8);
    ByteArrayOutputStream replaced = new ByteArrayOutputStream();
    for (byte b : bytes) {
      replaced.write(b == '%' ? put : new byte[] {b}, 0, b == '%' ? put.length : 1);
    }
    return replaced.toByteArray();
  }

  private static long id(String json) {
    return parse(json).id(0);
  }

  private static String record(String fields) {
    return "{\"success\":true,\"result\":[{" + fields + "}]}";
  }

  private static Page parse(String json) {
    return parse(json.getBytes(UTF_8));
  }

  private static Page parse(byte[] bytes) {
    return PageParser.parse(bytes.clone(), bytes.length, 1, 20, Hash64.keyed(1));
  }
}
