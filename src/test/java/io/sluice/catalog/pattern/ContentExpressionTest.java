package io.sluice.catalog.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the regular expressions of blocked content may hold, and what is said of the rest. */
final class ContentExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice",
        "^urgent.*payment$",
        "\\bwire\\s+transfer\\b",
        "in?voice|bill+",
        "[abc][^abc][a-z0-9_-]",
        "\\d{2,5}\\w{50}",
        "[.]exe$",
        "Zahlung fällig",
        "^$",
        "a|",
        "#1, \"quoted\" & 100%"
      })
  void whatIsDocumentedPasses(String expression) {
    assertThat(PatternSyntax.contentExpression(expression)).isNull();
    assertThat(PatternSyntax.regex(expression)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "(a|b)~'(' is not supported",
        "(?i)pay~'(?i)' is not supported",
        "a(?=b)~'(?=b' is not supported",
        "a)~')' is not supported",
        "\\D~'\\D' is not supported",
        "\\p{L}~'\\p' is not supported",
        "\\1~'\\1' is not supported",
        "a\\.b~write [.]",
        "a\\~at the end",
        "[a\\d]~in brackets",
        "[[a]]~brackets in brackets",
        "[a~without its ]",
        "[]~match nothing",
        "[z-a]~runs backwards",
        "a]~closes nothing",
        "a}~closes nothing",
        "a{2,~begins no repetition",
        "a{2,}~upper bound",
        "a{2,51}~more than the 50 times",
        "a{51}~more than the 50 times",
        "a{5,2}~wrong way round",
        "a*?~one repetition at a time",
        "a++~one repetition at a time",
        "a{2}{3}~one repetition at a time",
        "*a~nothing before it",
        "a|+~nothing before it",
        "\\b?~nothing before it"
      })
  void whatIsNotDocumentedIsNamed(String expression, String reason) {
    assertThat(PatternSyntax.contentExpression(expression)).contains(reason);
  }

  @Test
  void aCharacterThatIsNotSeenIsNamed() {
    assertThat(PatternSyntax.contentExpression("pay\u200bpal")).contains("U+200B");
  }
}
