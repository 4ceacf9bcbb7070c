package io.sluice.catalog.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that UTS 46 gives an answer for, non-transitional: which are valid, and what the others
 * lack. The kinds of cases are those of the conformance test that Unicode publishes with it.
 */
final class InternationalNamesTest {

  /** Name | its A-labels. */
  private static final String VALID =
      """
      fa\u00DF.de | xn--fa-hia.de
      Fa\u00DF.de | xn--fa-hia.de
      fa\u1E9E.de | xn--fa-hia.de
      XN--FA-HIA.DE | xn--fa-hia.de
      stra\u00DFe.example | xn--strae-oqa.example
      b\u00FCcher.de | xn--bcher-kva.de
      B\u00DCCHER.DE | xn--bcher-kva.de
      bu\u0308cher.de | xn--bcher-kva.de
      xn--bcher-kva.de | xn--bcher-kva.de
      xn--Bcher-KVA.de | xn--bcher-kva.de
      \u03B2\u03CC\u03BB\u03BF\u03C2.com | xn--nxasmm1c.com
      \u03B2\u03CC\u03BB\u03BF\u03C3.com | xn--nxasmq6b.com
      \u0392\u038C\u039B\u039F\u03A3.com | xn--nxasmq6b.com
      xn--nxasmm1c.com | xn--nxasmm1c.com
      \u0DC1\u0DCA\u200D\u0DBB\u0DD3.com | xn--10cl1a0b660p.com
      \u0DC1\u0DCA\u0DBB\u0DD3.com | xn--10cl1a0b.com
      \u0646\u0627\u0645\u0647\u200C\u0627\u06CC.com | xn--mgba3gch31f060k.com
      \u0646\u0627\u0645\u0647\u0627\u06CC.com | xn--mgba3gch31f.com
      xn--mgba3gch31f060k.com | xn--mgba3gch31f060k.com
      \u0440\u0430\u0443\u0440\u0430l.example | xn--l-7sba6dbr.example
      \u0131.example | xn--cfa.example
      \u0130.example | xn--i-9bb.example
      \u05D0\u05D1\u05D2.example | xn--4dbcd.example
      \u0661\u0662\u0627.example | !
      r3---sn-x.googlevideo.com | r3---sn-x.googlevideo.com
      ab--c\u00FC.example | xn--ab--c-ova.example
      l\u00B7l.example | xn--ll-0ea.example
      \u1806a.example | !U+1806 (mongolian todo soft hyphen) at position 1: write - (U+002D)
      """;

  /** Name | a part of the reason. */
  private static final String INVALID =
      """
      a\u200Bb.example | U+200B (zero width space) at position 2 cannot be seen: remove it
      sh\u00ADy.example | U+00AD (soft hyphen) at position 3 cannot be seen: remove it
      wj\u2060x.example | U+2060 (word joiner) at position 3
      \uFEFFbom.example | U+FEFF (zero width no-break space) at position 1
      lrm\u200E.example | U+200E (left-to-right mark) at position 4
      \u202Elrm2.example | U+202E (right-to-left override) at position 1
      \u00A0nbsp.example | U+00A0 (no-break space) at position 1
      nbsp.example\u00A0 | U+00A0 (no-break space) at position 13
      is.example\u3000 | U+3000 (ideographic space)
      hangul\u3164.example | U+3164 (hangul filler)
      \uD83D\uDC2B\uFE0F.example | U+FE0F (variation selector-16) at position 2
      exam\uFFFDple.example | U+FFFD (replacement character) at position 5 stands for a character
      a\uD800.example | U+D800 at position 2 is half of a character
      evil\u2013dash.example | U+2013 (en dash) at position 5: write - (U+002D)
      evil\u2010dash.example | U+2010 (hyphen) at position 5: write - (U+002D)
      evil\u2212dash.example | U+2212 (minus sign) at position 5: write - (U+002D)
      o\u2019brien.example | U+2019 (right single quotation mark) at position 2: write ' (U+0027)
      \u201Cevil.example\u201D | U+201C (left double quotation mark) at position 1: remove it
      crook\uFF20fw.example | U+FF20 (fullwidth commercial at) at position 6: write @ (U+0040)
      xn--ab-41t.example | decoded it reads 'a\u2013b.example': U+2013 (en dash) at position 2
      zw\u200C5.example | U+200C (zero width non-joiner) at position 3 cannot be seen, and does not
      a\u200Db.example | U+200D (zero width joiner) at position 2
      xn--ab-j1t.example | a joiner does not stand between letters
      xn--a.example | 'xn--a' is not a valid A-label
      xn--zz99.example | 'xn--zz99' is not a valid A-label
      xn--abc-.example | 'xn--abc-' is not a valid A-label
      xn--.example | 'xn--' is not a valid A-label
      xn---.example | 'xn---' is not a valid A-label
      a.xn--fa-hia\u00DF.example | is not a valid A-label
      xn--xn---epa.example | is not a valid A-label
      xn--fu-eka4fwf.example | is not a valid A-label
      \u0300a.example | a label begins with a combining mark
      a\u05D0.example | letters of both writing directions
      \u0661\u06F2.example | letters of both writing directions
      -\u00FC.example | a label begins with a hyphen
      \u00FC-.example | a label ends with a hyphen
      \u00FC..example | an empty label
      \u3002\u00FC.example | an empty label
      \u00FC.example. | an empty label: a dot at its end
      \u00FC | it has no dot
      a.\uFF11\uFF12 | the last label is a number
      _\u00FC.example | U+005F (low line) at position 1 cannot stand in one
      \u00FC b.example | U+0020 (space) at position 2 cannot stand in one
      \uFDFA.example | U+FDFA (arabic ligature sallallahou alayhe wasallam) at position 1 cannot
      \u2488com.example | U+2488 (digit one full stop) at position 1 cannot stand in one
      """;

  /**
   * Name that UTS 46 takes and IDNA2008 does not | a part of the reason | what it is rewritten to.
   */
  private static final String MAPPED =
      """
      id\u3002example | U+3002 (ideographic full stop) at position 3 stands for a plain one: write id.example | id.example
      id\uFF0Eexample | write id.example | id.example
      id\uFF61example | write id.example | id.example
      \uFF46\uFF55\uFF4C\uFF4C.example | U+FF46 (fullwidth latin small letter f) at position 1 | full.example
      \u212Aelvin.example | U+212A (kelvin sign) at position 1 stands for a plain one: write kelvin.example | Kelvin.example
      \uFB01nd.example | U+FB01 (latin small ligature fi) at position 1 | find.example
      \uD835\uDC1Evil.example | write evil.example | evil.example
      \u65E5\u672C\u8A9E\u3002\uFF2A\uFF30 | U+3002 (ideographic full stop) | \u65E5\u672C\u8A9E.JP
      x\u00B2.example | U+00B2 (superscript two) at position 2 cannot stand in one, and programs make x2.example of it | -
      \u00AAb.example | programs make ab.example of it | -
      \u2163.example | U+2163 (roman numeral four) at position 1 cannot stand in one, and programs make iv.example | -
      \u2122x.example | programs make tmx.example | -
      \uD83D\uDC2B.example | if such a name is in use, write xn--zo8h.example | -
      \u2603.example | U+2603 (snowman) at position 1 cannot stand in one (IDNA2008); if such a name is in use, write xn--n3h.example | -
      evil.example\u2044x | U+2044 (fraction slash) at position 13 cannot stand in one | -
      evil.example\u2215x | U+2215 (division slash) at position 13 cannot stand in one | -
      """;

  static Stream<String[]> mapped() {
    return MAPPED.lines().map(line -> line.split(" \\| ", 3));
  }

  @ParameterizedTest
  @MethodSource("mapped")
  void aNameThatOnlyStandsForAnotherIsRefusedWithThatName(
      String name, String reason, String plain) {
    assertThat(PatternSyntax.domain(name)).startsWith("invalid domain: ").contains(reason);
    assertThat(PatternSyntax.email("a@" + name)).startsWith("invalid e-mail address: ");
    assertThat(Spelling.folded(PatternType.DOMAIN, name)).isEqualTo(AsciiText.lowered(name));
    if (plain.equals("-")) {
      assertThat(Rewriting.of(name)).isNotInstanceOf(Rewriting.Becomes.class);
    } else {
      assertThat(Rewriting.of(name))
          .isInstanceOfSatisfying(
              Rewriting.Becomes.class,
              becomes -> {
                assertThat(becomes.shown()).isEqualTo(plain);
                assertThat(becomes.forms()).containsExactly(Form.COMPATIBILITY);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xn--zo8h.example",
        "xn--n3h.example",
        "\u0E19\u0E49\u0E33.example",
        "l\u00B7l.example"
      })
  void theAsciiFormOfSuchANameIsTakenAndSoAreLettersAsTheyAreTyped(String name) {
    assertThat(PatternSyntax.domain(name)).isNull();
  }

  static Stream<String[]> valid() {
    return rows(VALID).filter(row -> !row[1].startsWith("!"));
  }

  static Stream<String[]> invalid() {
    return Stream.concat(
        Stream.concat(
            rows(INVALID),
            // A compiler warns of line separators in a text block.
            Stream.of(
                new String[] {"ls\u2028.example", "U+2028 (line separator) at position 3"},
                new String[] {"ps\u2029.example", "U+2029 (paragraph separator) at position 3"})),
        rows(VALID)
            .filter(row -> row[1].startsWith("!"))
            .map(row -> new String[] {row[0], row[1].substring(1)}));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aValidNameFoldsToItsALabels(String name, String ascii) {
    assertThat(PatternSyntax.domain(name)).isNull();
    assertThat(PatternSyntax.email("a@" + name)).isNull();
    assertThat(Spelling.folded(PatternType.DOMAIN, name)).isEqualTo(ascii);
    assertThat(Spelling.folded(PatternType.DOMAIN, ascii)).isEqualTo(ascii);
    assertThat(Spelling.folded(PatternType.EMAIL, "A@" + name)).isEqualTo("a@" + ascii);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidNameIsRefusedWithTheReason(String name, String reason) {
    assertThat(PatternSyntax.domain(name)).startsWith("invalid domain: ").contains(reason);
    assertThat(PatternSyntax.email("a@" + name)).startsWith("invalid e-mail address: ");
  }

  private static Stream<String[]> rows(String table) {
    return table.lines().map(line -> line.split(" \\| ", 2));
  }
}
