package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an account and a credential may be, and what they tell of themselves. */
final class ApiAccountTest {
  private static final String SECRET = "s3cret-t0ken";
  private static final Credential TOKEN = Credential.token(SECRET);
  private static final Credential PAIR = Credential.emailAndKey("ops@example.com", SECRET);

  @ParameterizedTest
  @ValueSource(strings = {"a", "023e105f4ecef8ad9ca31a8372d0c353", "A_b-9", "-", "_"})
  void anIdIsUpTo32LettersDigitsDashesAndUnderscores(String id) {
    assertThat(new ApiAccount(ApiAccount.CLOUDFLARE, id, TOKEN).settings())
        .isEqualTo(
            "https://api.cloudflare.com/client/v4/accounts/" + id + "/email-security/settings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a/b",
        "..",
        ".",
        "a?b",
        "a%2Fb",
        "ä",
        "a\n",
        "\na",
        "023e105f4ecef8ad9ca31a8372d0c3530"
      })
  void anythingElseIsRefused(String id) {
    assertThatThrownBy(() -> new ApiAccount(ApiAccount.CLOUDFLARE, id, TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com,https://api.example.com/accounts/x/email-security/settings",
    "https://api.example.com/,https://api.example.com/accounts/x/email-security/settings",
    "http://127.0.0.1:8080/v4,http://127.0.0.1:8080/v4/accounts/x/email-security/settings",
    "https://[::1]:1/v4/,https://[::1]:1/v4/accounts/x/email-security/settings"
  })
  void aBaseUrlMayEndInASlash(URI url, String settings) {
    assertThat(new ApiAccount(url, "x", TOKEN).settings()).isEqualTo(settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://api.example.com",
        "api.example.com",
        "/client/v4",
        "https:///client",
        "https://user:pw@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com#x",
        "file:///etc/passwd"
      })
  void whatCannotBeABaseUrlIsRefused(URI url) {
    assertThatThrownBy(() -> new ApiAccount(url, "x", TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://api.cloudflare.com/client/v4")
        .hasMessageNotContaining("pw@");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.cloudflare.com/client/v4/client/v4,stands there twice",
    "https://api.cloudflare.com/client/v4/accounts/x,goes too far",
    "https://api.cloudflare.com/client/v4/accounts/x/email-security/settings/,goes too far"
  })
  void aPathThatHoldsWhatIsPutBehindItIsRefused(URI url, String why) {
    assertThatThrownBy(() -> new ApiAccount(url, "x", TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the base URL's path " + why)
        .hasMessageContaining("https://api.cloudflare.com/client/v4 does");
  }

  @Test
  void credentialsTravelInTheHeadersOfTheReference() {
    assertThat(TOKEN.headers()).isEqualTo(Map.of("Authorization", "Bearer " + SECRET));
    assertThat(PAIR.headers())
        .isEqualTo(Map.of("X-Auth-Email", "ops@example.com", "X-Auth-Key", SECRET));
  }

  @Test
  void noTextOfACredentialRevealsIt() {
    ApiAccount account = new ApiAccount(ApiAccount.CLOUDFLARE, "x", TOKEN);
    assertThat(TOKEN + " " + PAIR + " " + account).doesNotContain(SECRET);
  }

  @Test
  void aFingerprintTellsCredentialsApartAndRevealsNothing() {
    assertThat(TOKEN.fingerprint())
        .isEqualTo(Credential.token(SECRET).fingerprint())
        .isNotEqualTo(PAIR.fingerprint())
        .isNotEqualTo(Credential.token(SECRET + "x").fingerprint())
        .matches("[0-9a-f]{16}")
        .doesNotContain(SECRET);
    assertThat(Credential.emailAndKey("a", "bc").fingerprint())
        .isNotEqualTo(Credential.emailAndKey("ab", "c").fingerprint());
  }

  @Test
  void aFingerprintStaysTheSameInEveryProcess() {
    assertThat(Credential.token("abc").fingerprint()).isEqualTo("ba7816bf8f01cfea");
  }
}
