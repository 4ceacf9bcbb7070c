package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.flow.quota.Quota;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which account, credential and pace a run gets, from flags, environment and profiles. */
final class ConnectionTest {
  private static final String SECRET = "s3cret-t0ken";

  @TempDir private Path directory = Path.of("");
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable String profile;
  private @Nullable Path configFile;
  private @Nullable String account;
  private @Nullable String baseUrl;
  private @Nullable String tokenFile;
  private @Nullable Double reserve;
  private @Nullable Integer concurrency;
  private List<String> rates = List.of();

  ConnectionTest() {
    variables.put("CLOUDFLARE_API_TOKEN", SECRET);
    variables.put("CLOUDFLARE_ACCOUNT_ID", "acc");
  }

  @Test
  void theEnvironmentAloneIsEnough() {
    Connection connection = resolve();
    assertThat(connection.account())
        .isEqualTo(new ApiAccount(ApiAccount.CLOUDFLARE, "acc", Credential.token(SECRET)));
    assertThat(connection.limits().defaults()).containsExactly(Quota.parse("1200/300s"));
    assertThat(connection.hostLimits().defaults()).containsExactly(Quota.parse("200/1s"));
    assertThat(connection.limits().reserve()).isEqualTo(0.1);
    assertThat(connection.concurrency()).isEqualTo(16);
    assertThat(warnings).isEmpty();
  }

  @Test
  void flagsComeBeforeTheEnvironment() throws IOException {
    account = "other";
    baseUrl = "https://api.example/v4";
    tokenFile = Files.writeString(directory.resolve("token"), "from-file\n").toString();
    variables.put("CLOUDFLARE_BASE_URL", "https://env.example");
    assertThat(resolve().account())
        .isEqualTo(
            new ApiAccount(
                URI.create("https://api.example/v4"), "other", Credential.token("from-file")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void emptyCountsAsUnset(String empty) {
    account = empty;
    baseUrl = empty;
    variables.put("CLOUDFLARE_EMAIL", empty);
    variables.put("CLOUDFLARE_API_KEY", "key");
    variables.put("CLOUDFLARE_BASE_URL", empty);
    variables.put("CLOUDFLARE_API_BASE_URL", "https://env.example");
    Connection connection = resolve();
    assertThat(connection.account().id()).isEqualTo("acc");
    assertThat(connection.account().baseUrl()).hasToString("https://env.example");
    assertThat(warnings)
        .containsExactly("CLOUDFLARE_API_TOKEN is used, and not CLOUDFLARE_API_KEY");

    variables.put("CLOUDFLARE_API_TOKEN", empty);
    assertThat(refusal())
        .hasMessageContaining("no credential")
        .hasMessageContaining("CLOUDFLARE_API_KEY is set, but CLOUDFLARE_EMAIL is not");
  }

  @Test
  void aTokenBesideEmailAndKeyWinsWithAWarning() {
    variables.put("CLOUDFLARE_EMAIL", "ops@example.com");
    variables.put("CLOUDFLARE_API_KEY", "0123456789abcdef0123456789abcdef01234");
    assertThat(resolve().account().credential()).isEqualTo(Credential.token(SECRET));
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY");
    assertThat(warnings.toString()).doesNotContain("0123456789abcdef0123456789abcdef01234", SECRET);
  }

  @Test
  void emailAndKeyWorkWithoutAToken() {
    variables.remove("CLOUDFLARE_API_TOKEN");
    variables.put("CLOUDFLARE_EMAIL", "ops@example.com");
    assertThat(refusal())
        .hasMessageContaining("CLOUDFLARE_EMAIL is set, but CLOUDFLARE_API_KEY is not");
    variables.put("CLOUDFLARE_API_KEY", "0123456789abcdef0123456789abcdef01234");
    assertThat(resolve().account().credential())
        .isEqualTo(
            Credential.emailAndKey("ops@example.com", "0123456789abcdef0123456789abcdef01234"));
  }

  @Test
  void bothVariablesOfTheBaseUrlMayBeSetIfTheyAgree() {
    variables.put("CLOUDFLARE_BASE_URL", "https://a.example");
    variables.put("CLOUDFLARE_API_BASE_URL", "https://a.example");
    assertThat(resolve().account().baseUrl()).hasToString("https://a.example");
    variables.put("CLOUDFLARE_API_BASE_URL", "https://b.example");
    assertThat(refusal())
        .hasMessageContaining("CLOUDFLARE_BASE_URL")
        .hasMessageContaining("CLOUDFLARE_API_BASE_URL")
        .hasMessageContaining("differ");
  }

  @Test
  void aMissingAccountAndAMissingCredentialAreNamedWithWhatToDo() {
    variables.remove("CLOUDFLARE_ACCOUNT_ID");
    assertThat(refusal().hint()).contains("CLOUDFLARE_ACCOUNT_ID", "--account", "--profile");
    variables.put("CLOUDFLARE_ACCOUNT_ID", "acc");
    variables.remove("CLOUDFLARE_API_TOKEN");
    assertThat(refusal().hint()).contains("CLOUDFLARE_API_TOKEN", "--token-file", "--profile");
  }

  @ParameterizedTest
  @CsvSource({"a/b,", "acc,not a url", "acc,ftp://x.example", "acc,https://u:p@x.example"})
  void whatCannotBeIsRefusedAsUsage(String id, @Nullable String url) {
    account = id;
    baseUrl = url;
    assertThat(refusal().getMessage()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\nbreak", "tab\tin", "ümlaut", "\u0000", "a\u007f"})
  void aTokenThatNoHeaderCanCarryIsRefusedUnshown(String middle) {
    String token = SECRET + middle + "x";
    variables.put("CLOUDFLARE_API_TOKEN", token);
    assertThat(shown(refusal())).contains("CLOUDFLARE_API_TOKEN").doesNotContain("s3cret", middle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x|too short",
        "short|too short",
        "Bearer s3cret-t0ken|begins with 'Bearer'",
        "Authorization: Bearer s3cret-t0ken|begins with 'Authorization'",
        "'s3cret-t0ken'|quotation marks",
        "\"s3cret-t0ken\"|quotation marks",
        "<your-s3cret-t0ken>|placeholder",
        "$CLOUDFLARE_TOKEN_s3cret|placeholder",
        "${s3cret}_placeholder|placeholder",
        "********************|placeholder",
        "s3cret-t0ken\u2026|a character that no token has"
      })
  void whatCannotBeATokenIsRefusedWithItsSource(String token, String said) throws IOException {
    variables.put("CLOUDFLARE_API_TOKEN", token);
    assertThat(shown(refusal()))
        .contains("CLOUDFLARE_API_TOKEN", said)
        .doesNotContain("s3cret", "t0ken");
    tokenFile = Files.writeString(directory.resolve("t"), token + "\n").toString();
    assertThat(shown(refusal())).contains(tokenFile, said).doesNotContain("s3cret", "t0ken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcdefABCDEF0123456789-_abcdef",
        "cfut_0123456789abcdefABCDEF0123456789abcdef01a2b3c4",
        "cfat_0123456789abcdefABCDEF0123456789abcdef01a2b3c4",
        "eyJhbGciOiJIUzI1NiJ9.e30.ab+/cd=="
      })
  void tokensOfEveryFormatPass(String token) {
    variables.put("CLOUDFLARE_API_TOKEN", token);
    assertThat(resolve().account().credential()).isEqualTo(Credential.token(token));
  }

  @Test
  void whatIsNoAddressBesideAKeyIsRefused() {
    variables.remove("CLOUDFLARE_API_TOKEN");
    variables.put("CLOUDFLARE_EMAIL", "ops");
    variables.put("CLOUDFLARE_API_KEY", "0123456789abcdef0123456789abcdef01234");
    assertThat(refusal()).hasMessageContaining("CLOUDFLARE_EMAIL is not an e-mail address");
    variables.put("CLOUDFLARE_EMAIL", "ops@example.com");
    variables.put("CLOUDFLARE_API_KEY", "x");
    assertThat(refusal()).hasMessageContaining("CLOUDFLARE_API_KEY is too short");
  }

  @Test
  void anAccountIdThatCannotBeOneIsNamedWithItsSource() {
    variables.put("CLOUDFLARE_ACCOUNT_ID", "ops@example.com");
    assertThat(refusal()).hasMessageContaining("CLOUDFLARE_ACCOUNT_ID: an account id is");
    account = "a/b";
    assertThat(refusal()).hasMessageContaining("--account: an account id is");
  }

  @Test
  void aTokensOuterBlanksAreOnlyTheLinesEnd() throws IOException {
    variables.put("CLOUDFLARE_API_TOKEN", " " + SECRET + "\r\n");
    assertThat(resolve().account().credential()).isEqualTo(Credential.token(SECRET));
    tokenFile = Files.writeString(directory.resolve("t"), SECRET + "\r\n").toString();
    assertThat(resolve().account().credential()).isEqualTo(Credential.token(SECRET));
  }

  @Test
  void aTokenFileThatIsNoneIsNamedWithoutItsContent() throws IOException {
    tokenFile = directory.resolve("missing").toString();
    assertThat(refusal()).hasMessageContaining("missing");
    tokenFile = directory.toString();
    assertThat(refusal()).hasMessageContaining("cannot be read");
    tokenFile = Files.writeString(directory.resolve("two"), SECRET + "\n" + SECRET).toString();
    assertThat(shown(refusal())).doesNotContain("s3cret");
    tokenFile = Files.writeString(directory.resolve("empty"), "\n").toString();
    assertThat(refusal()).hasMessageContaining("empty");
    tokenFile = Files.writeString(directory.resolve("big"), "a".repeat(10_000)).toString();
    assertThat(refusal()).hasMessageContaining("too large");
    tokenFile = Files.write(directory.resolve("bin"), new byte[] {(byte) 0xC3, 0, 1}).toString();
    assertThat(refusal()).hasMessageContaining("not UTF-8 text");
    tokenFile = "\u0000";
    assertThat(refusal()).hasMessageContaining("cannot name a file");
  }

  @Test
  void explicitRatesReplaceBothDefaults() {
    rates = List.of("10/1s", "100/1m");
    Connection connection = resolve();
    assertThat(connection.limits().explicit())
        .containsExactly(Quota.parse("10/1s"), Quota.parse("100/60s"));
    assertThat(connection.limits().defaults()).isEmpty();
    assertThat(connection.hostLimits().defaults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10/", "/1s", "0/1s", "10/0s", "-1/1s", "10/1d", "ten/1s"})
  void aRateThatIsNoneIsRefusedAsUsage(String rate) {
    rates = List.of(rate);
    assertThat(refusal()).hasMessageStartingWith("--rate: ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.0, 1.5, -0.1, Double.NaN})
  void aReserveThatLeavesNothingIsRefusedAsUsage(double share) {
    reserve = share;
    assertThat(refusal()).hasMessageContaining("reserve");
  }

  @Test
  void aProfileIsAUnitAndTheEnvironmentIsNotLookedAt() throws IOException {
    variables.put("CLOUDFLARE_EMAIL", "ops@example.com");
    variables.put("CLOUDFLARE_API_KEY", "0123456789abcdef0123456789abcdef01234");
    variables.put("CLOUDFLARE_BASE_URL", "https://env.example");
    variables.put("CLOUDFLARE_API_BASE_URL", "https://differs.example");
    variables.put("PROD", "prod-token");
    useProfile("account: prod\n    token: env:PROD\n    concurrency: 3\n    reserve: 20%\n");
    Connection connection = resolve();
    assertThat(connection.account())
        .isEqualTo(new ApiAccount(ApiAccount.CLOUDFLARE, "prod", Credential.token("prod-token")));
    assertThat(connection.concurrency()).isEqualTo(3);
    assertThat(connection.limits().reserve()).isEqualTo(0.2);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aProfileDoesNotBorrowWhatItLacks() throws IOException {
    useProfile("account: prod\n");
    assertThat(refusal()).hasMessageContaining("it needs 'token'");
    useProfile("token: env:CLOUDFLARE_API_TOKEN\n");
    assertThat(refusal()).hasMessageContaining("it needs 'account'");
  }

  @Test
  void flagsThatWouldMixWithAProfileAreRefused() throws IOException {
    useProfile("account: prod\n    token: env:CLOUDFLARE_API_TOKEN\n");
    account = "x";
    assertThat(refusal()).hasMessageContaining("cannot go with --profile");
    account = null;
    baseUrl = "https://x.example";
    assertThat(refusal()).hasMessageContaining("cannot go with --profile");
    baseUrl = null;
    tokenFile = "x";
    assertThat(refusal()).hasMessageContaining("cannot go with --profile");
  }

  @Test
  void paceFlagsComeBeforeAProfilesPace() throws IOException {
    useProfile(
        "account: prod\n    token: env:CLOUDFLARE_API_TOKEN\n    rate: 5/1s\n    concurrency: 3\n");
    assertThat(resolve().limits().explicit()).containsExactly(Quota.parse("5/1s"));
    rates = List.of("7/1s");
    concurrency = 9;
    reserve = 0.5;
    Connection connection = resolve();
    assertThat(connection.limits().explicit()).containsExactly(Quota.parse("7/1s"));
    assertThat(connection.limits().reserve()).isEqualTo(0.5);
    assertThat(connection.concurrency()).isEqualTo(9);
  }

  @Test
  void noTextOfAnyPartRevealsASecret() {
    variables.put("OTHER", SECRET);
    Connection connection = resolve();
    Profile named = new Profile("p", connection.account(), List.of(), null, null);
    assertThat(connection + " " + named + " " + new Environment(variables) + " " + flags())
        .doesNotContain("s3cret");
  }

  @Test
  void theProfilesAreWhereOneExpectsThem() {
    assertThat(ProfileFile.defaultPath(new Environment(Map.of("XDG_CONFIG_HOME", "/x"))))
        .isEqualTo(Path.of("/x/sluice/config.yaml"));
    assertThat(ProfileFile.defaultPath(new Environment(Map.of("HOME", "/h"))))
        .isEqualTo(Path.of("/h/.config/sluice/config.yaml"));
    assertThat(
            ProfileFile.defaultPath(new Environment(Map.of("XDG_CONFIG_HOME", "", "HOME", "/h"))))
        .isEqualTo(Path.of("/h/.config/sluice/config.yaml"));
  }

  @ParameterizedTest
  @CsvSource({"10%,0.1", " 2.5 % ,0.025", "0%,0", "100%,1"})
  void percentagesAreShares(String text, double share) {
    assertThat(Percentage.parse(text)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "ten", "-1%", "101%", "NaN", "Infinity%", "10%%", "10", "0.25"})
  void whatIsNoPercentageIsRefused(String text) {
    assertThatThrownBy(() -> Percentage.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private void useProfile(String body) throws IOException {
    configFile =
        Files.writeString(directory.resolve("config.yaml"), "profiles:\n  prod:\n    " + body);
    profile = "prod";
  }

  private Connection resolve() {
    return Connection.resolve(flags(), new Environment(variables), warnings::add);
  }

  private Flags flags() {
    return new Flags(profile, configFile, account, baseUrl, tokenFile, rates, reserve, concurrency);
  }

  private UsageException refusal() {
    return java.util.Objects.requireNonNull(
        catchThrowableOfType(UsageException.class, this::resolve));
  }

  private static String shown(UsageException refusal) {
    return refusal + " " + refusal.hint() + " " + refusal.getCause();
  }
}
