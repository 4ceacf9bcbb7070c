package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets are hidden whole; words that happen to hold their letters stay as they are. */
final class SecretsTest {
  private static final String TOKEN = "cfut_0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e|the connection was refused|the connection was refused",
        "con|no connection|no connection",
        "test|the latest test failed: test_1|the latest (hidden) failed: test_1",
        "pass-word|user:pass-word@proxy|user:(hidden)@proxy",
        "pass-word|pass-words|pass-words",
        "p@ss w0rd|p%40ss+w0rd and p%40ss%20w0rd and p@ss w0rd|(hidden) and (hidden) and (hidden)"
      })
  void onlyWholeOnesAreHidden(String secret, String text, String shown) {
    assertThat(Secrets.of(List.of(secret)).hideIn(text)).isEqualTo(shown);
  }

  @Test
  void aTokenIsHiddenWhereverItStands() {
    Credential token = Credential.token(TOKEN);
    assertThat(token.hideIn("Bearer " + TOKEN + ", Bearer%20" + TOKEN + "x" + TOKEN))
        .doesNotContain(TOKEN)
        .isEqualTo("Bearer (hidden), Bearer%20(hidden)x(hidden)");
  }

  @Test
  void aTokenIsHiddenInCapitalsToo() {
    assertThat(Credential.token(TOKEN).hideIn("invalid version: " + TOKEN.toUpperCase(Locale.ROOT)))
        .isEqualTo("invalid version: (hidden)");
  }

  @Test
  void anAddressAndItsKeyAreHidden() {
    Credential pair =
        Credential.emailAndKey("ops@a.example", "0123456789abcdef0123456789abcdef01234");
    assertThat(pair.hideIn("ops@a.example ops%40a.example 0123456789abcdef0123456789abcdef01234"))
        .isEqualTo("(hidden) (hidden) (hidden)");
  }

  @Test
  void theLongerOfTwoIsHiddenFirst() {
    assertThat(Secrets.of(List.of("word", "user:word")).hideIn("user:word word"))
        .isEqualTo("(hidden) (hidden)");
  }
}
