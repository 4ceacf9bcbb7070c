package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.hash.Hash64;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** A page is the server's records byte for byte, or an error; never anything in between. */
final class PageParserTest {
  private static final String VALID =
      "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[{\"id\":\"a\",\"n\":1.10},"
          + "{\"id\":7,\"t\":\"x \\\" }\"}],\"result_info\":{\"page\":1,\"per_page\":20,"
          + "\"count\":2,\"total_count\":2}}";

  @Property(tries = 1000)
  void theLinesAreTheCompactRecordsByteForByte(@ForAll long seed) {
    RandomJson random = new RandomJson(seed);
    List<String> records = new ArrayList<>();
    for (int i = random.upTo(6); i > 0; i--) {
      records.add(random.record());
    }
    String list =
        records.stream()
            .map(record -> random.spread(record) + random.blank())
            .collect(Collectors.joining("," + random.blank()));
    Page page = parse(random.blank() + "{\"success\":true,\"result\":[" + list + "]}\n");

    assertThat(lines(page)).isEqualTo(records);
    assertThat(page.start(page.count()))
        .isEqualTo(page.start(0) + String.join("\n", records).getBytes(UTF_8).length + count(page));
  }

  @Test
  void aPageThatIsReleasedGivesItsArrayAwayOnceAndKeepsItsCounts() {
    List<byte[]> free = new ArrayList<>();
    byte[] bytes = Arrays.copyOf(VALID.getBytes(UTF_8), VALID.length() + 100);
    Page page =
        PageParser.parse(bytes, VALID.length(), 1, 20, Hash64.keyed(1)).releasedTo(free::add);
    int count = page.count();
    page.release();
    page.release();

    assertThat(free).containsExactly(bytes);
    assertThat(page.count()).isEqualTo(count);
    assertThat(page.bytes()).isEmpty();
  }

  @Test
  void oneBlankAnywhereBetweenTokensIsTakenOut() {
    List<String> tokens =
        List.of(
            "{", "\"id\"", ":", "\"a b\"", ",", "\"n\"", ":", "-1.5", ",", "\"l\"", ":", "[",
            "true", ",", "null", ",", "\" , \"", ",", "{", "}", "]", ",", "\"z\"", ":", "[", "]",
            "}");
    String compact = String.join("", tokens);
    for (int i = 1; i < tokens.size(); i++) {
      for (String blank : List.of(" ", "\n", "\r", "\t", "  ")) {
        String spread =
            String.join("", tokens.subList(0, i))
                + blank
                + String.join("", tokens.subList(i, tokens.size()));
        Page page = parse("{\"success\":true,\"result\":[" + spread + "]}");
        assertThat(lines(page)).describedAs(spread).containsExactly(compact);
      }
    }
  }

  @Property(tries = 300)
  void anEnvelopeOfAnyShapeAroundItChangesNothing(@ForAll long seed) {
    RandomJson random = new RandomJson(seed);
    String first = random.record();
    String second = random.record();
    String json =
        "{\"before\":"
            + random.record()
            + ",\"result\":["
            + first
            + ","
            + second
            + "],\"success\":true,\"after\":["
            + random.record()
            + "]}";

    assertThat(lines(parse(random.spread(json)))).containsExactly(first, second);
  }

  @Property(tries = 500)
  void bytesAtRandomAreAPageOrAnExpectedError(@ForAll byte[] bytes) {
    Throwable error = catchThrowable(() -> parse(bytes));
    assertThat(error == null || isExpected(error)).describedAs("%s", error).isTrue();
  }

  @Property(tries = 1000)
  void aDamagedAnswerIsAPageOrAnExpectedError(@ForAll int where, @ForAll byte what) {
    byte[] bytes = VALID.getBytes(UTF_8);
    bytes[Math.floorMod(where, bytes.length)] = what;
    Throwable error = catchThrowable(() -> parse(bytes));
    assertThat(error == null || isExpected(error)).describedAs("%s", error).isTrue();
  }

  @Test
  void anAnswerCutAtAnyByteIsAnError() {
    byte[] whole = VALID.getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Throwable error = catchThrowable(() -> parse(cut));
      assertThat(error).describedAs("cut at %d", length).isNotNull();
      assertThat(isExpected(error)).describedAs("cut at %d: %s", length, error).isTrue();
    }
    assertThat(lines(parse(VALID))).hasSize(2);
  }

  @Test
  void onlyTheAnswersLengthCountsNotItsArray() {
    byte[] bytes = Arrays.copyOf(VALID.getBytes(UTF_8), VALID.length() + 100);
    Arrays.fill(bytes, VALID.length(), bytes.length, (byte) '}');

    assertThat(PageParser.parse(bytes, VALID.length(), 1, 20, Hash64.keyed(1)).count())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "true",
        "\"success\"",
        "{}",
        "{\"success\":true}",
        "{\"success\":true,\"result\":null}",
        "{\"success\":true,\"result\":{}}",
        "{\"success\":true,\"result\":\"done\"}",
        "{\"success\":false,\"result\":[]}",
        "{\"success\":\"true\",\"result\":[]}",
        "{\"success\":1,\"result\":[]}",
        "{\"result\":[]}",
        "{\"success\":true,\"result\":[1]}",
        "{\"success\":true,\"result\":[null]}",
        "{\"success\":true,\"result\":[[]]}",
        "{\"success\":true,\"result\":[{}]}x",
        "{\"success\":true,\"result\":[{}]}{}",
        "{\"success\":true,\"result\":[{},]}",
        "{\"success\":true,\"result\":[{}{}]}",
        "{\"success\":true,\"result\":[{\"a\":1,}]}",
        "{\"success\":true,\"result\":[{\"a\":01}]}",
        "{\"success\":true,\"result\":[{\"a\":\"\t\"}]}",
        "<html></html>"
      })
  void anythingElseIsNoPage(String answer) {
    assertThat(isExpected(catchThrowable(() -> parse(answer)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void anAnswerInAnotherEncodingIsNoPage(String encoding) {
    byte[] bytes = VALID.getBytes(Charset.forName(encoding));
    assertThat(isExpected(catchThrowable(() -> parse(bytes)))).isTrue();
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(lines(parse("\ufeff" + VALID)))
        .containsExactly("{\"id\":\"a\",\"n\":1.10}", "{\"id\":7,\"t\":\"x \\\" }\"}");
  }

  @Test
  void brokenUtf8IsAnError() {
    byte[] bytes = VALID.getBytes(StandardCharsets.ISO_8859_1);
    bytes[VALID.indexOf("\"a\"") + 1] = (byte) 0xC3;
    assertThatThrownBy(() -> parse(bytes)).isInstanceOf(JacksonException.class);
  }

  @Test
  void anEmptyListIsAPageWithoutRecords() {
    Page page = parse("{\"success\":true,\"result\":[ ]}");
    assertThat(page.count()).isZero();
    assertThat(page.start(0)).isZero();
    assertThat(page.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|false|{'total_count':0}",
        "1|false|{'count':0,'page':1,'per_page':1000,'total_count':0}",
        "1|false|{'total_count':'0'}",
        "1|false|{'total_count':0.0}",
        "1|false|{'count':0}",
        "1|true|{'count':0,'total_count':37}",
        "3|false|{'count':0,'per_page':20,'total_count':40}"
      })
  void aListThatIsNullIsEmptyIfTheCountsSaySo(int number, boolean filtered, String info) {
    Page page = nulled(number, filtered, info);
    assertThat(page.count()).isZero();
    assertThat(page.start(0)).isEqualTo(page.start(page.count()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|false|{'total_count':3}|the total is 3",
        "1|false|{'count':0,'total_count':3}|the total is 3",
        "1|false|{'count':3,'total_count':0}|the total is 0",
        "3|false|{'count':0,'per_page':20,'total_count':41}|the total is 41",
        "1|true|{'total_count':37}|the total is 37",
        "1|true|{'count':2}|no count says",
        "1|false|{}|no count says",
        "1|false|{'total_count':-1}|no count says",
        "1|false|{'total_count':null}|no count says",
        "1|false|null|no count says"
      })
  void aListThatIsNullWithoutProofIsNoPage(
      int number, boolean filtered, String info, String reason) {
    assertThatThrownBy(() -> nulled(number, filtered, info))
        .isInstanceOf(UnexpectedShape.class)
        .hasMessageContaining("'result' is null")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"\"", "0", "false", "[[]]"})
  void aResultOfAnotherKindIsNoPageWhateverTheCounts(String result) {
    String json =
        "{\"success\":true,\"result\":" + result + ",\"result_info\":{\"total_count\":0}}";
    assertThatThrownBy(() -> parse(json)).isInstanceOf(UnexpectedShape.class);
    assertThatThrownBy(() -> parse("{\"success\":true,\"result_info\":{\"total_count\":0}}"))
        .isInstanceOf(UnexpectedShape.class)
        .hasMessageContaining("there is no 'result'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"'7'|7", "7.0|7", "7e0|7", "-7|", "'seven'|", "7.5|", "null|", "[7]|", "'-7'|"})
  void aTotalIsReadHoweverItIsWritten(String told, @Nullable Long total) {
    String json =
        "{'success':true,'errors':null,'messages':null,'result':[],'result_info':{'total_count':"
            + told
            + "}}";
    assertThat(parse(json.replace('\'', '"')).info().totalCount()).isEqualTo(total);
  }

  @Test
  void messagesForPeopleAreTakenOut() {
    String json =
        "{'success':true,'messages':[{'code':1200,'message':'last_modified goes'},'plain',"
            + "{'code':0,'message':' '},{'message':'no code','more':[{}]},7,null,[],{}],'result':[]}";
    assertThat(parse(json.replace('\'', '"')).messages())
        .containsExactly("1200 last_modified goes", "plain", "no code");
    assertThat(parse(VALID).messages()).isEmpty();
  }

  private static Page nulled(int number, boolean filtered, String info) {
    String json =
        "{'success':true,'errors':[],'messages':[],'result':null,'result_info':" + info + "}";
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    return PageParser.parse(bytes, bytes.length, number, 1000, filtered, Hash64.keyed(1));
  }

  @Test
  void idsAreFoundWhereverTheyStand() {
    Page one = parse(page("{\"id\":\"x\",\"a\":{\"id\":\"no\"}}"));
    Page two = parse(page("{\"a\":[{\"id\":\"no\"}],\"id\":\"x\"}"));
    Page three = parse(page("{\"a\":[{\"id\":\"x\"}]}"));

    assertThat(one.id(0)).isEqualTo(two.id(0)).isNotEqualTo(three.id(0));
  }

  @Test
  void anIdMayBeANumberOrWrittenWithEscapes() {
    assertThat(parse(page("{\"id\":4711}")).id(0))
        .isEqualTo(parse(page("{\"id\":\"4711\"}")).id(0));
    assertThat(parse(page("{\"id\":\"\\u0061b\"}")).id(0))
        .isEqualTo(parse(page("{\"id\":\"ab\"}")).id(0));
  }

  @Test
  void recordsWithoutAnIdAreToldApartByTheirContent() {
    Page page = parse(page("{\"a\":1},{\"a\":2},{\"a\":1},{\"id\":null},{\"id\":{}},{\"id\":[]}"));
    assertThat(page.id(0)).isEqualTo(page.id(2)).isNotEqualTo(page.id(1));
    assertThat(Arrays.stream(page.ids()).distinct().count()).isEqualTo(5);
  }

  @Test
  void fingerprintsDependOnTheReading() {
    byte[] bytes = VALID.getBytes(UTF_8);
    Page other = PageParser.parse(bytes.clone(), bytes.length, 1, 20, Hash64.keyed(2));
    assertThat(other.id(0)).isNotEqualTo(parse(VALID).id(0));
  }

  @Test
  void manyRecordsFit() {
    String all =
        java.util.stream.IntStream.range(0, 5_000)
            .mapToObj(i -> "{ \"id\" : \"" + i + "\" }")
            .collect(Collectors.joining(" , "));
    Page page = parse(page(all));
    assertThat(page.count()).isEqualTo(5_000);
    assertThat(Arrays.stream(page.ids()).distinct().count()).isEqualTo(5_000);
    assertThat(lines(page).get(4_999)).isEqualTo("{\"id\":\"4999\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"total_count\":null}",
        "{\"total_count\":1.5,\"per_page\":{}}",
        "7"
      })
  void totalsThatAreNoNumbersAreUnknown(String info) {
    Page page = parse("{\"success\":true,\"result\":[],\"result_info\":" + info + "}");
    assertThat(page.info()).isEqualTo(PageInfo.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "5000, 20", "99999999999, 20"})
  void aPageSizeThatCannotBeIsNotBelieved(String told, int size) {
    Page page =
        parse("{\"success\":true,\"result\":[],\"result_info\":{\"per_page\":" + told + "}}");
    assertThat(page.size()).isEqualTo(size);
  }

  @Test
  void aTotalBeyondEveryNumberIsNoReasonToFail() {
    String huge = "9".repeat(30);
    Page page =
        parse(
            "{\"success\":true,\"result\":[],\"result_info\":{\"total_count\":"
                + huge
                + ",\"per_page\":"
                + huge
                + "}}");
    assertThat(page.count()).isZero();
  }

  private static boolean isExpected(Throwable error) {
    return error instanceof JacksonException || error instanceof UnexpectedShape;
  }

  private static int count(Page page) {
    return page.count() == 0 ? 0 : 1;
  }

  private static String page(String records) {
    return "{\"success\":true,\"result\":[" + records + "]}";
  }

  private static Page parse(String text) {
    return parse(text.getBytes(UTF_8));
  }

  private static Page parse(byte[] bytes) {
    return PageParser.parse(bytes, bytes.length, 1, 20, Hash64.keyed(1));
  }

  private static List<String> lines(Page page) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < page.count(); i++) {
      lines.add(new String(page.bytes(), page.start(i), page.end(i) - page.start(i), UTF_8));
      assertThat(page.bytes()[page.end(i)]).isEqualTo((byte) '\n');
    }
    return lines;
  }
}
