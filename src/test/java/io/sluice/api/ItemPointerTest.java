package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which item of a batch an error's pointer means, in all the ways in which servers write it. */
final class ItemPointerTest {

  @ParameterizedTest
  @CsvSource({
    "/posts/17/pattern, posts, 17, /pattern",
    "/posts/17, posts, 17,",
    "/posts/17/, posts, 17,",
    "/posts/0, posts, 0,",
    "/deletes/999/id, deletes, 999, /id",
    "/patches/5/regions/0, patches, 5, /regions/0",
    "/puts/1, puts, 1,",
    "#/posts/17, posts, 17,",
    "#/posts/17/pattern, posts, 17, /pattern",
    "posts/17/pattern, posts, 17, /pattern",
    "/body/posts/17, posts, 17,",
    "#/body/posts/17/a~1b, posts, 17, /a~1b",
    "body.posts[17].pattern, posts, 17, /pattern",
    "posts[17].pattern, posts, 17, /pattern",
    "posts[17], posts, 17,",
    "posts[17].regions[2], posts, 17, /regions/2",
    "posts[17][pattern], posts, 17, /pattern",
    "posts[17]/pattern, posts, 17, /pattern",
    "posts.17.pattern, posts, 17, /pattern",
  })
  void everyWayOfWritingItIsUnderstood(String text, String list, int index, String rest) {
    assertThat(ItemPointer.of(text)).contains(new ItemPointer(list, index, rest));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "/",
        "#",
        "/posts",
        "/posts/",
        "/posts/-",
        "/posts/-1",
        "/posts/+1",
        "/posts/01",
        "/posts/1e3",
        "/posts/1x",
        "/posts/ 1",
        "/posts/٣",
        "/posts/2147483648",
        "/posts/99999999999999999999",
        "/posts[1",
        "/posts1]",
        "/post/1",
        "/Posts/1",
        "/pattern",
        "/0/posts/1",
        "//posts/1",
        "/xposts/1",
        "/result/posts/1",
        "posts[-1].pattern"
      })
  void anythingElsePointsAtNoItem(String text) {
    assertThat(ItemPointer.of(text)).isEmpty();
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll("lists") String list,
      @ForAll @IntRange(max = 999_999_999) int index,
      @ForAll("rests") String rest) {
    String tail = rest.isEmpty() ? "" : "/" + rest;
    Optional<ItemPointer> expected =
        Optional.of(new ItemPointer(list, index, rest.isEmpty() ? null : tail));
    assertThat(ItemPointer.of("/" + list + "/" + index + tail)).isEqualTo(expected);
    assertThat(ItemPointer.of("#/body/" + list + "/" + index + tail)).isEqualTo(expected);
    assertThat(ItemPointer.of(list + "[" + index + "]" + tail)).isEqualTo(expected);
  }

  @Property
  void noIndexIsNegativeOrOverflows(
      @ForAll("lists") String list, @ForAll @LongRange(min = 1_000_000_000L) long large) {
    assertThat(ItemPointer.of("/" + list + "/" + large)).isEmpty();
    assertThat(ItemPointer.of("/" + list + "/-" + large)).isEmpty();
  }

  @Property
  void noTextIsTooOdd(@ForAll String text) {
    assertThat(ItemPointer.of(text).map(ItemPointer::index).orElse(0)).isNotNegative();
    assertThat(ItemPointer.of("/posts/3/" + text).orElseThrow().index()).isEqualTo(3);
  }

  @Provide
  Arbitrary<String> lists() {
    return Arbitraries.of("deletes", "patches", "puts", "posts");
  }

  @Provide
  Arbitrary<String> rests() {
    return Arbitraries.strings().alpha().numeric().withChars("/~_ é").ofMaxLength(20);
  }
}
