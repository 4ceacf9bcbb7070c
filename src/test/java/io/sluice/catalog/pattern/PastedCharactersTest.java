package io.sluice.catalog.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that come with copied text, and wildcards of other programs. */
final class PastedCharactersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "crook@zw3.example\u200B|U+200B (zero width space) at position 18 cannot be seen: remove it",
        "cr\u200Book@zw4.example|U+200B (zero width space) at position 3 cannot be seen: remove it",
        "c\u200Dr@zw4.example|U+200D (zero width joiner) at position 2 cannot be seen: remove it",
        "`\u00A0crook@nb.example`|U+00A0 (no-break space) at position 1 cannot be seen: remove it",
        "first\u00A0last@evil.example|U+00A0 (no-break space) at position 6 cannot be seen",
        "first last@evil.example|U+0020 (space) at position 6 cannot stand before the @",
        "`crook@is.example\u3000`|U+3000 (ideographic space) at position 17 cannot be seen",
        "\u201Cquoted@evil.example\u201D|U+201C (left double quotation mark) at position 1: remove it",
        "o\u2019brien@evil.example|U+2019 (right single quotation mark) at position 2: write ' (U+0027)",
        "a\u2014b@evil.example|U+2014 (em dash) at position 2: write - (U+002D)",
        "user@examp\uFFFDle.example|U+FFFD (replacement character) at position 11 stands for a character that was lost in a wrong encoding: put it back",
        "crook\uFF20fw.example|U+FF20 (fullwidth commercial at) at position 6: write @ (U+0040)",
        "a\tb@c.example|U+0009 (character tabulation) at position 2 cannot be seen: remove it",
        "\uD800a@c.example|U+D800 at position 1 is half of a character: remove it"
      })
  void theyAreNamedInAddresses(String address, String reason) {
    assertThat(PatternSyntax.email(address)).startsWith("invalid e-mail address: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.7\u200B|U+200B (zero width space) at position 13 cannot be seen: remove it",
        "198.51.100.0\u2013198.51.100.9|U+2013 (en dash) at position 13: write - (U+002D)",
        "\u0661.2.3.4|",
        "8.8.9.0/024|the length of the block has a leading zero: write 8.8.9.0/24",
        "2001:db8::/032|the length of the block has a leading zero: write 2001:db8::/32",
        "198.51.100.007|some programs read numbers with leading zeros as octal; write it without the zeros",
      })
  void theyAreNamedInIpPatterns(String ip, String reason) {
    String wrong = "not an IP address or CIDR block" + (reason == null ? "" : ": " + reason);

    assertThat(PatternSyntax.senderIp(ip)).isEqualTo(wrong);
    assertThat(PatternSyntax.cidr(ip)).isEqualTo(wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evil\u200B\\.example|remove it, or write \\u200B if it is meant",
        "evil\u00A0.*|remove it, or write \\u00A0 if it is meant",
        "evil\uFE0F|remove it, or write \\uFE0F if it is meant",
        "evil\uDB40\uDC41|remove it, or write \\x{E0041} if it is meant"
      })
  void inRegularExpressionsTheyCanBeMeant(String regex, String advice) {
    assertThat(PatternSyntax.regex(regex))
        .contains("at position 5 cannot be seen")
        .contains(advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[\u2019']", "a\u2013b", "(?x) a\tb # two letters\n", "\\u200B", "\u00E9+", "a b"})
  void whatARegularExpressionMayLookForIsLeftAlone(String regex) {
    assertThat(PatternSyntax.regex(regex)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*@spam.example|for every address of the domain give the domain spam.example",
        "*@spam.example|.*@spam\\.example",
        "sp*m@x.example|give a regular expression and mark it as one: sp.*m@x\\.example",
        "a@*.x.example|mark it as one: a@.*\\.x\\.example",
        "*@*|mark it as one: .*@.*"
      })
  void aWildcardInAnAddressIsRefusedWithTheFormThatWorks(String address, String advice) {
    assertThat(PatternSyntax.email(address))
        .startsWith("invalid e-mail address: * stands for itself only")
        .contains(advice);
  }

  @Test
  void theWildcardOfSqlIsRefusedInTheSameWay() {
    assertThat(PatternSyntax.email("%@spam.example"))
        .startsWith("invalid e-mail address: % stands for itself only: for every address of the")
        .contains("give the domain spam.example");
    assertThat(PatternSyntax.email("a%b@spam.example")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9.28.0.x|give the block 9.28.0.0/24, or the address",
        "9.28.x.X|give the block 9.28.0.0/16, or the address",
        "900.28.0.x|write the address",
      })
  void anXInPlaceOfANumberIsRefused(String domain, String advice) {
    assertThat(PatternSyntax.domain(domain))
        .isEqualTo("invalid domain: an x stands for itself only: " + advice);
    assertThat(PatternSyntax.domain("9.28.0.x.example")).isNull();
    assertThat(PatternSyntax.domain("a.0x7f"))
        .isEqualTo("invalid domain: the last label is a number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Ann\u200B Lee|Ann Lee|U+200B (zero width space) at position 4 cannot be seen: remove it",
        "\u202EnnA|nnA|U+202E (right-to-left override) at position 1 cannot be seen: remove it",
        "Ann\u00A0Lee|Ann Lee|U+00A0 (no-break space) at position 4 looks like a plain blank: write one",
        "An\u00ADn|Ann|U+00AD (soft hyphen) at position 3 cannot be seen: remove it",
        "Ann\u3000Lee|Ann Lee|U+3000 (ideographic space) at position 4 looks like a plain blank",
        "A\u200Cnn|Ann|U+200C (zero width non-joiner) at position 2 cannot be seen: remove it",
        "`Ann\u00A0`|Ann|U+00A0 (no-break space) at position 4",
        "\u0646\u0627\u0645\u0647\u200C|\u0646\u0627\u0645\u0647|U+200C (zero width non-joiner) at position 5",
        "M\uFFFDller|M\uFFFDller|U+FFFD (replacement character) at position 2 stands for a character",
        "An\tn|An\tn|U+0009 (character tabulation) at position 3 cannot be seen: remove it",
      })
  void inNamesTheyAreNamedAndCanBeTakenOut(String name, String cleaned, String reason) {
    assertThat(FreeName.wrong(name)).startsWith(reason);
    assertThat(FreeName.cleaned(name)).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ann Lee",
        "Zo\u00EB O\u2019Brien \u2013 x",
        "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC Ann",
        "\u0DC1\u0DCA\u200D\u0DBB\u0DD3",
        "\u5C71\u7530\u3000\u592A\u90CE",
        "\u05D3\u05D5\u05D3"
      })
  void whatScriptsNeedInNamesIsLeftAlone(String name) {
    assertThat(FreeName.wrong(name)).isNull();
    assertThat(FreeName.cleaned(name)).isSameAs(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.spam.example|for the domain itself give spam.example, for its subdomains give a regular",
        "*.b\u00FCcher.example|for the domain itself give b\u00FCcher.example",
        "spam*.example|mark it as one: spam.*\\.example",
        "*|mark it as one: .*",
        "198.51.100.*|give the block 198.51.100.0/24",
        "198.51.*.*|give the block 198.51.0.0/16",
        "300.51.*|give a CIDR block"
      })
  void aWildcardInADomainIsRefusedWithTheFormThatWorks(String domain, String advice) {
    assertThat(PatternSyntax.domain(domain))
        .startsWith("invalid domain: * stands for itself only")
        .contains(advice);
  }

  @Test
  void aWildcardInAnIpPatternIsRefusedWithTheBlock() {
    assertThat(PatternSyntax.senderIp("198.51.100.*"))
        .isEqualTo(
            "not an IP address or CIDR block: * stands for itself only:"
                + " give the block 198.51.100.0/24");
  }

  @Test
  void whatIsShownShowsEveryCharacter() {
    assertThat(EscapedText.of("a\u00A0b\u200B\u202E\u2028\t\u3164\uDB40\uDC41"))
        .isEqualTo("a\\u00a0b\\u200b\\u202e\\u2028\\u0009\\u3164\\ue0041");
    assertThat(EscapedText.of("zw\u200C5\u3000")).isEqualTo("zw\\u200c5\\u3000");
    assertThat(EscapedText.of("\u0646\u0647\u200C\u0627 \u2764\uFE0F \u5C71\u7530\u3000\u592A"))
        .isEqualTo("\u0646\u0647\u200C\u0627 \u2764\uFE0F \u5C71\u7530\u3000\u592A");
    assertThat(EscapedText.of("O\u2019Brien \u2013 x")).isEqualTo("O\u2019Brien \u2013 x");
  }
}
