package io.sluice.pipeline.insight.regex;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.pipeline.insight.regex.Expression.Answer;
import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that other people wrote, tried without hanging. */
final class ExpressionTest {
  @Property(tries = 500)
  void aTryAnswersAsJavaDoesUnlessTheBudgetIsSpent(
      @ForAll("expressions") String regex, @ForAll("texts") String text) {
    Expression expression = Expression.of(regex);
    boolean found = Pattern.compile(regex).matcher(text).find();

    Answer answer = expression.find(text, 100_000);

    assertThat(answer).isEqualTo(found ? Answer.MATCHES : Answer.DIFFERS);
  }

  /** Java takes a time that grows with the square of the length to compile such a one. */
  @Test
  void aVeryLongOneIsNotCompiled() {
    String regex = "a".repeat(1_000_000) + "*";

    Expression expression =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Expression.of(regex));

    assertThat(expression.fault()).isEqualTo("it is longer than 4096 characters");
    assertThat(expression.find("a", 1_000)).isEqualTo(Answer.UNKNOWN);
    assertThat(
            Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> PatternSyntax.regex(regex)))
        .contains("longer than 4096 characters");
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> atoms =
        Arbitraries.of(
            "a",
            "b",
            "@",
            "\\.",
            ".",
            "[ab]",
            "[^a]",
            "(a|b@)",
            "(?:ab)?",
            "\\w",
            "\\Qa.b\\E",
            "^",
            "$",
            "(?i)A",
            "(?=a)",
            "a{2}",
            "b*",
            "(ab){1,3}",
            "a+?",
            "x??",
            "[a&&[^b]]",
            "\\x61");
    return atoms.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', 'b', '@', '.', 'A', 'x').ofMaxLength(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[0-9]=y",
        "((((((((){9}){99}){99}){99}){99}){99}){99}){99}",
        "(?:(?:){2000000000}){2000000000}",
        "^(\\w+\\s?)*\\1$",
        "(a?){60}a{60}",
      })
  void nothingHangs(String regex) {
    Expression expression = Expression.of(regex);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          expression.find("a".repeat(200) + "!", Expression.USUAL_BUDGET);
          expression.speed();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[0-9]=y",
        ".*.*.*.*.*.*.*=x",
        "^(\\w+\\s?)*\\1$",
        "^x@(a|b|ab)*\\1c$",
      })
  void slowOnesAreFound(String regex) {
    assertThat(Expression.of(regex).speed().slow()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*@evil\\.example",
        ".*@.*\\.evil\\.example$",
        "^[a-z0-9._-]+@(mail|news)[0-9]*\\.shop\\.example$",
        "evil",
        "(?i)^.*paypal.*@(?!paypal\\.com$).*$",
      })
  void usualOnesAreNot(String regex) {
    assertThat(Expression.of(regex).speed().slow()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "evil.com,true",
    ".*@evil.com,true",
    "evil\\.com,false",
    ".*evil,false",
    "a.b,false",
    "[a-z]+.com$,true",
    "(mail|news).shop\\.example,true",
    "^.com,false",
    "ev.*il,false"
  })
  void aDotBetweenNamesIsNoticed(String regex, boolean unescaped) {
    assertThat(Expression.of(regex).tree().orElseThrow().hasUnescapedDot()).isEqualTo(unescaped);
  }

  @ParameterizedTest
  @CsvSource({
    "evil\\.com,true",
    "evil,true",
    "\\Qa.b\\E,true",
    "^evil,false",
    "evil.com,false",
    "(evil),false",
    "(?i)evil,false",
    "evil|bad,false"
  })
  void whatHasNoOperatorIsLiteral(String regex, boolean literal) {
    assertThat(Expression.of(regex).tree().orElseThrow().isLiteral()).isEqualTo(literal);
  }

  @Test
  void whatCannotBeUsedSaysWhy() {
    assertThat(Expression.of("(").fault()).contains("not a Java regular expression");
    assertThat(Expression.of("(").find("(", 10)).isEqualTo(Answer.UNKNOWN);
    assertThat(Expression.of("((a{999}){999}){999}").fault()).contains("too often");
  }
}
