package io.sluice.format.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** True and false, as people and as spreadsheets of any language write them. */
final class FlagWordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "TRUE",
        "Yes",
        "1",
        "WAHR",
        "VRAI",
        "VERDADERO",
        "VERDADEIRO",
        "VERO",
        "WAAR",
        "PRAWDA",
        "PRAVDA",
        "SANT",
        "SAND",
        "SANN",
        "TOSI",
        "IGAZ",
        "DOĞRU",
        "ИСТИНА"
      })
  void isTrue(String word) {
    assertThat(FlagWords.meaning(word)).isTrue();
    assertThat(FlagWords.meaning(word.toLowerCase(Locale.ROOT))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "FALSE",
        "No",
        "0",
        "FALSCH",
        "FAUX",
        "FALSO",
        "ONWAAR",
        "FAŁSZ",
        "NEPRAVDA",
        "FALSKT",
        "FALSK",
        "USANN",
        "EPÄTOSI",
        "HAMIS",
        "YANLIŞ",
        "yanlış",
        "ЛОЖЬ"
      })
  void isFalse(String word) {
    assertThat(FlagWords.meaning(word)).isFalse();
  }

  @Test
  void nothingElseIsEither() {
    for (String word : new String[] {"", "maybe", "t", "f", "y", "2", "-1", "on", "off", "null"}) {
      assertThat(FlagWords.meaning(word)).describedAs(word).isNull();
    }
  }
}
