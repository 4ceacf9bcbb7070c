package io.sluice.catalog.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.IDNA;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What holds of folding whatever a record is called. */
final class SpellingPropertiesTest {
  private static final IDNA LIBRARY =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.USE_STD3_RULES);

  @Property(tries = 3000)
  void foldingTwiceIsFoldingOnce(@ForAll PatternType type, @ForAll("texts") String text) {
    String once = Spelling.folded(type, text);

    assertThat(Spelling.folded(type, once)).isEqualTo(once);
    assertThat(Spelling.usual(type, text)).startsWith(text).contains(once);
  }

  @Property(tries = 3000)
  void foldingANameTwiceIsFoldingItOnce(@ForAll("texts") String text) {
    String once = Spelling.name(text);

    assertThat(Spelling.name(once)).isEqualTo(once);
  }

  @Property(tries = 3000)
  void aValidNameFoldsToWhatTheLibraryMakesOfIt(@ForAll("names") String name) {
    IDNA.Info info = new IDNA.Info();
    String ascii = LIBRARY.nameToASCII(name, new StringBuilder(), info).toString();

    if (PatternSyntax.domain(name) == null) {
      assertThat(Spelling.folded(PatternType.DOMAIN, name)).isEqualTo(ascii);
      info.getErrors().remove(IDNA.Error.HYPHEN_3_4);
      assertThat(info.getErrors()).isEmpty();
    }
  }

  @Property(tries = 3000)
  void whatIsNoValidNameJoinsNoName(@ForAll("names") String name, @ForAll("names") String other) {
    for (String text :
        List.of(other, name + "\u200B", "\u00AD" + name, name.replace("a", "a\u2060"))) {
      if (PatternSyntax.domain(name) == null && PatternSyntax.domain(text) != null) {
        assertThat(Spelling.folded(PatternType.DOMAIN, text))
            .isNotEqualTo(Spelling.folded(PatternType.DOMAIN, name));
      }
    }
  }

  @Property(tries = 3000)
  void namesWithOneFoldingAreOneNameToTheLibrary(
      @ForAll("names") String name, @ForAll("names") String other) {
    if (Spelling.folded(PatternType.DOMAIN, name)
        .equals(Spelling.folded(PatternType.DOMAIN, other))) {
      assertThat(unicode(name)).isEqualTo(unicode(other));
    }
  }

  @Test
  void noCharacterVanishes() {
    IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
        .forEach(
            c -> {
              String name = "a" + Character.toString(c) + "b.example";
              String folded = Spelling.folded(PatternType.DOMAIN, name);
              boolean kept = !unicode(name).equals("ab.example");
              if (folded.equals("ab.example") || (!kept && PatternSyntax.domain(name) == null)) {
                throw new AssertionError(CodePoint.named(c) + " vanishes");
              }
              if (!Spelling.folded(PatternType.DOMAIN, folded).equals(folded)
                  || !Spelling.name(Spelling.name(name)).equals(Spelling.name(name))) {
                throw new AssertionError(CodePoint.named(c) + " is folded differently again");
              }
            });
  }

  private static String unicode(String name) {
    IDNA.Info info = new IDNA.Info();
    String unicode = LIBRARY.nameToUnicode(name, new StringBuilder(), info).toString();
    return info.hasErrors() ? name.toLowerCase(Locale.ROOT) : unicode;
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> label =
        Arbitraries.oneOf(
                Arbitraries.of(
                    "a", "A", "ss", "\u00DF", "\u1E9E", "u\u0308", "\u00FC", "\u00DC", "i",
                    "\u0131"),
                Arbitraries.of(
                    "xn--strae-oqa", "stra\u00DFe", "strasse", "xn--a", "\u3002", "-", "\uFF41"),
                Arbitraries.of(
                    "\u200B",
                    "\u200C",
                    "\u200D",
                    "\u05D0",
                    "\u0628",
                    "\u0915\u094D",
                    "\u0661",
                    "_"),
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(2))
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(parts -> String.join("", parts));
    return label.map(text -> text + ".example");
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> addresses = names().map(name -> "\u03A3\u00C5a\u030A@" + name);
    return Arbitraries.oneOf(
        names(),
        addresses,
        Arbitraries.strings().all().ofMaxLength(40),
        Arbitraries.strings().ascii());
  }
}
