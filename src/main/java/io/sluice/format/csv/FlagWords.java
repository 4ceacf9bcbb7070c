package io.sluice.format.csv;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words for true and false in a cell: those of the API, those of people, and those that a
 * spreadsheet writes where its language is not English, such as {@code WAHR}.
 */
final class FlagWords {
  private static final Set<String> TRUE =
      Set.of(
          "true",
          "yes",
          "1",
          "wahr",
          "vrai",
          "verdadero",
          "verdadeiro",
          "vero",
          "waar",
          "prawda",
          "pravda",
          "sant",
          "sand",
          "sann",
          "tosi",
          "igaz",
          "doğru",
          "истина");

  /** The Turkish word in capitals has an I that becomes another letter in lower case elsewhere. */
  private static final Set<String> FALSE =
      Set.of(
          "false",
          "no",
          "0",
          "falsch",
          "faux",
          "falso",
          "onwaar",
          "fałsz",
          "nepravda",
          "falskt",
          "falsk",
          "usann",
          "epätosi",
          "hamis",
          "yanlış",
          "yanliş",
          "ложь");

  private FlagWords() {}

  /** What the word means, in whatever case; null if it is none of them. */
  static @Nullable Boolean meaning(String word) {
    String plain = word.toLowerCase(Locale.ROOT);
    if (TRUE.contains(plain)) {
      return Boolean.TRUE;
    }
    return FALSE.contains(plain) ? Boolean.FALSE : null;
  }
}
