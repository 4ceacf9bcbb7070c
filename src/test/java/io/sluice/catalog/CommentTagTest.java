package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tag at the end of a comment. */
final class CommentTagTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ticket 7 [sluice owner=feed-x expires=2026-12-31]|ticket 7|feed-x|2026-12-31",
        "ticket 7 [sluice expires=2026-12-31 owner=feed-x]|ticket 7|feed-x|2026-12-31",
        "[sluice owner=a.b_c-9]|''|a.b_c-9|",
        "why  [sluice expires=2028-02-29] |why||2028-02-29",
      })
  void aTagIsRead(String comment, String text, String owner, LocalDate expires) {
    CommentTag.Parts parts = CommentTag.in(comment);

    assertThat(parts).isEqualTo(new CommentTag.Parts(text, new CommentTag(owner, expires), null));
    assertThat(CommentTag.in(text + " " + parts.tag()).tag()).isEqualTo(parts.tag());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "blocked by hand", "see [1]", "[sluices are gates]", "sluice owner=x"})
  void aCommentWithoutOneStaysAsItIs(String comment) {
    assertThat(CommentTag.in(comment)).isEqualTo(new CommentTag.Parts(comment, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x [sluice]|neither an owner nor a day",
        "x [sluice owner=Feed]|'Feed' is not an owner",
        "x [sluice owner=]|'' is not an owner",
        "x [sluice owner=a owner=b]|comes twice",
        "x [sluice expires=2026-02-30]|'2026-02-30' is not a day",
        "x [sluice expires=31.12.2026]|is not a day",
        "x [sluice until=2026-12-31]|'until=2026-12-31' is neither",
        "[sluice owner=a] and more|at the end of the comment",
        "x [sluice owner=a|] at its end is missing",
        "x [SLUICE owner=a]|in lower case",
        "[sluice owner=a] [sluice owner=b]|more than one",
      })
  void aTagThatCannotBeReadIsNobodys(String comment, String fault) {
    CommentTag.Parts parts = CommentTag.in(comment);

    assertThat(parts.tag()).isNull();
    assertThat(parts.text()).isEqualTo(comment);
    assertThat(parts.fault()).contains(fault);
  }

  @Test
  void aNameHasAtMostFortyCharacters() {
    assertThat(CommentTag.in("[sluice owner=" + "a".repeat(40) + "]").tag()).isNotNull();
    assertThat(CommentTag.in("[sluice owner=" + "a".repeat(41) + "]").fault()).contains("1 to 40");
  }
}
