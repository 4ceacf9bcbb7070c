package io.sluice.pipeline.insight.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that are slow by their structure, whatever engine runs them. */
final class SlownessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(x+x+)+y",
        "(a|aa)+$",
        "(a|a)*b",
        "(.*a){12}",
        "([a-z]+)*\\.",
        "^(a+)+",
        "(a*)*b",
        "(?:a+b?)+$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(\\w+\\s?)*$",
        "^\\w+([.-]?\\w+)*@\\w+([.-]?\\w+)*(\\.\\w{2,3})+$",
        "(.*,){11}P",
        "x@(a|ab|b)+\\.example$",
        "(?i)(A|[a-c])+@x",
        ".*.*=.*",
        "\\w+\\d+@x",
        "[a-z0-9]+[a-z]*[0-9]+@",
        "^a*a*a*b",
        "(a{1,30}){1,30}b",
        "^(?:[^@]+)+@x",
        "(\\p{L}+)*1",
        "([a-z]|[0-9a-f])*@",
      })
  void classicOnesAreFoundWithATextThatShowsIt(String regex) {
    SlowText slow = Expression.of(regex).speed().slow();

    assertThat(slow).as(regex).isNotNull();
    assertThat(slow.proven()).as(regex).isTrue();
    RegexTree tree = RegexTree.of(regex).orElseThrow();
    long reads =
        new Backtracking(tree, new Alphabet(tree), false).reads(slow.text(), slow.fit(), 20_000);
    assertThat(reads).as(regex + " on " + slow.words()).isGreaterThan(20_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*@evil\\.example",
        ".*@.*\\.evil\\.example$",
        "^[a-z0-9._-]+@(mail|news)[0-9]*\\.shop\\.example$",
        "^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$",
        "evil",
        "(?i)^.*paypal.*@(?!paypal\\.com$).*$",
        "(\\.[a-z]+)*$",
        "^[^@]+@([a-z0-9-]+\\.)+example$",
        "(ab)+(cd)+$",
        "(a|b)*c",
        "(?>a+)+$",
        "(a++)+$",
        "(?:a+)++$",
        "(a{1,3}){2}b",
        "^\\w+[\\w.-]*@example\\.com$",
        "(?:foo|bar|baz)+@x",
        "([0-9]{1,3}\\.){3}[0-9]{1,3}",
        "^(.*)@x$",
        "(a?){3}b",
        "^(newsletter|news|info)(-[a-z]+)?@",
        "\\bviagra\\b.*\\bfree\\b",
      })
  void soundOnesAreNot(String regex) {
    Expression.Speed speed = Expression.of(regex).speed();

    assertThat(speed.slow()).as(regex).isNull();
    assertThat(speed.whole()).as(regex).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(?=zz)(a+)+$", "(?=.*@)(a+)+!"})
  void whatNoTextWasMadeForSaysSo(String regex) {
    SlowText slow = Expression.of(regex).speed().slow();

    assertThat(slow).isNotNull();
    assertThat(slow.proven()).isFalse();
  }

  @Test
  void theTextIsSaidInWords() {
    SlowText slow = Expression.of("^x(a+)+$").speed().slow();

    assertThat(slow).isNotNull();
    assertThat(slow.words()).isEqualTo("'xa', then 'a' 32 times, then '!'");
  }

  @Property(tries = 100)
  void withoutAQuantifiedAmbiguityNothingIsFound(@ForAll("sound") String regex) {
    assertThat(Expression.of(regex).speed().slow()).as(regex).isNull();
  }

  @Property(tries = 100)
  void anAmbiguousRepetitionIsFound(@ForAll("ambiguous") String regex) {
    assertThat(Expression.of(regex).speed().slow()).as(regex).isNotNull();
  }

  /** Each repetition is over one class, and the next begins with what that class does not hold. */
  @Provide
  Arbitrary<String> sound() {
    Arbitrary<String> part =
        Combinators.combine(
                Arbitraries.of("a", "[a-c]", "(?:ab|ac)", "(b|c)", "[^0-9-]", "(?:a(?:b|c))"),
                Arbitraries.of("", "+", "*", "?", "{2,5}", "{3,}", "+?", "*+"))
            .as((what, times) -> what + times);
    Arbitrary<String> border = Arbitraries.of("1", "2-", "[0-9]", "(?:3|4)", "\\d");
    return Combinators.combine(
            Arbitraries.of("^", "", "x1"),
            Combinators.combine(part, border).as((a, b) -> a + b).list().ofMinSize(1).ofMaxSize(2),
            part,
            Arbitraries.of("$", "", "7"))
        .as((start, parts, last, end) -> start + String.join("", parts) + last + end);
  }

  @Provide
  Arbitrary<String> ambiguous() {
    Arbitrary<String> letter = Arbitraries.of("a", "[a-c]", "\\w", "(?:ab)", "[^@ ]", "(a|b)", ".");
    Arbitrary<String> core =
        Arbitraries.oneOf(
            letter.map(x -> "(" + x + "+)+"),
            letter.map(x -> "(?:" + x + "*)*"),
            letter.map(x -> "(" + x + "|" + x + ")+"),
            letter.map(x -> "(?:" + x + "|" + x + x + ")*"),
            letter.map(x -> "(" + x + "+-?)+"),
            letter.map(x -> "(?:(?:-?" + x + "+)*)"),
            letter.map(x -> "(" + x + "+" + x + "*)+"),
            letter.map(x -> "(" + x + "{1,9}){3,}"),
            letter.map(x -> "((" + x + "+?)*?)"));
    return Combinators.combine(
            Arbitraries.of("", "^", "x", "user@", "[0-9]{2}"),
            core,
            Arbitraries.of("$", "=", "@example\\.com", "\\.[0-9]$", ""))
        .as((start, middle, end) -> start + middle + end);
  }

  @Property(tries = 100)
  void noExpressionTakesLong(@ForAll("hostile") List<String> parts) {
    String regex = String.join("", parts);
    RegexTree.of(regex)
        .ifPresent(tree -> assertThat(Slowness.of(tree).steps()).as(regex).isLessThan(30_000_000));
  }

  @Provide
  Arbitrary<List<String>> hostile() {
    return Arbitraries.of(
            "(.*)",
            "(a?){60}",
            "(\\w+)*",
            "(a|b|ab)*",
            "[a-z]+",
            "(?=.*a)",
            "(.*a){20}",
            "\\1",
            "(x+x+)+",
            "((a{0,9}){9}){9}",
            "(?>a*)",
            "b",
            "(?:(?:a*b*)*c*)*")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
