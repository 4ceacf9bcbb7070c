package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.flow.quota.Quota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file of profiles may say, who may read it, and how it is refused. */
final class ProfileFileTest {
  private static final String SECRET = "s3cret-t0ken";
  private static final String LITERAL =
      "profiles:\n  prod:\n    account: acc\n    token: " + SECRET + "\n";

  @TempDir private Path directory = Path.of("");

  @Test
  void aProfileHoldsEverythingAnAccountNeeds() throws IOException {
    Path secret = Files.writeString(directory.resolve("key"), "from-file\n");
    ProfileFile file =
        read(
            """
            profiles:
              prod:
                account: 023e105f4ecef8ad9ca31a8372d0c353
                token: env:PROD_TOKEN
                base-url: https://api.example/v4
                rate: [10/1s, 100/1m]
                reserve: 25%
                concurrency: 32
              old:
                account: "42"
                email: ops@example.com
                api-key: file:KEY
                rate: 5/1s
            """
                .replace("KEY", secret.toString()));
    assertThat(file.names()).containsExactly("old", "prod");
    Profile prod = file.profile("prod");
    assertThat(prod.account().credential()).isEqualTo(Credential.token("env-token"));
    assertThat(prod.account().baseUrl()).hasToString("https://api.example/v4");
    assertThat(prod.account().id()).isEqualTo("023e105f4ecef8ad9ca31a8372d0c353");
    assertThat(prod.rates()).containsExactly(Quota.parse("10/1s"), Quota.parse("100/60s"));
    assertThat(prod.reserve()).isEqualTo(0.25);
    assertThat(prod.concurrency()).isEqualTo(32);
    Profile old = file.profile("old");
    assertThat(old.account().credential())
        .isEqualTo(Credential.emailAndKey("ops@example.com", "from-file"));
    assertThat(old.account().baseUrl()).isEqualTo(ApiAccount.CLOUDFLARE);
    assertThat(old.rates()).containsExactly(Quota.parse("5/1s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-r-----", "rw--w----", "rw-----w-"})
  void aLiteralSecretInAnOpenFileIsRefused(String mode) throws IOException {
    Path path = write(LITERAL, mode);
    assertThatThrownBy(() -> ProfileFile.read(path, environment()))
        .isInstanceOfSatisfying(
            UsageException.class,
            refusal -> {
              assertThat(refusal.hint()).contains("chmod 600");
              assertThat(refusal + " " + refusal.hint()).doesNotContain(SECRET);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void aLiteralSecretInAClosedFileIsAccepted(String mode) throws IOException {
    Profile prod = ProfileFile.read(write(LITERAL, mode), environment()).profile("prod");
    assertThat(prod.account().credential()).isEqualTo(Credential.token(SECRET));
    assertThat(prod.toString()).doesNotContain(SECRET);
  }

  @Test
  void aLiteralSecretOfAnotherProfileCountsToo() throws IOException {
    Path path =
        write(
            "profiles:\n  a: {account: a, token: 'env:PROD_TOKEN'}\n  b: {api-key: k3y}\n",
            "rw-r--r--");
    assertThatThrownBy(() -> ProfileFile.read(path, environment()))
        .hasMessageContaining("holds a secret")
        .hasMessageNotContaining("k3y");
  }

  @Test
  void referencesMayLieInAnOpenFile() throws IOException {
    Path path = write("profiles:\n  prod: {account: a, token: 'env:PROD_TOKEN'}\n", "rw-r--r--");
    assertThat(ProfileFile.read(path, environment()).profile("prod").account().credential())
        .isEqualTo(Credential.token("env-token"));
  }

  @Test
  void secretsElsewhereAreLookedUpOnlyWhenAskedFor() throws IOException {
    ProfileFile file =
        read("profiles:\n  a: {account: a, token: 'env:UNSET'}\n  b: {account: b}\n");
    assertThat(file.names()).containsExactly("a", "b");
    assertThatThrownBy(() -> file.profile("a"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the environment variable UNSET, which is not set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile:\\n  a: {}|'profile' is unknown; the nearest is 'profiles'",
        "profiles:\\n  a: {}\\nProfiles:\\n  b: {}|'Profiles' is unknown",
        "profiles:\\n  a: {}\\nrate: 5/1s|'rate' is unknown",
        "profiles:\\n  a: {}\\nprofiles:\\n  b: {}|holds a key twice",
        "profiles:\\n  a: {}\\n  a: {}|holds a key twice",
        "profiles:\\n  a:\\n    token: x\\n    token: y|holds a key twice in line",
        "profiles:\\n  a: {}\\n---\\nprofiles:\\n  b: {}|more than one document",
        "profiles:\\n  a: &a {account: x}\\n  b: *a|holds an alias in line 3"
      })
  void aFileThatSaysMoreThanIsReadIsRefused(String text, String what) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n") + "\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(what);
  }

  @Test
  void anUnknownProfileNamesTheNearest() throws IOException {
    ProfileFile file = read("profiles:\n  prod: {account: a}\n  staging: {account: b}\n");
    assertThatThrownBy(() -> file.profile("prd"))
        .hasMessageContaining("there is no profile 'prd'")
        .hasMessageContaining("the nearest is 'prod'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{account: a, token: 'file:/no/such/file'}|/no/such/file",
        "{account: a, token: 'env:'}|not set",
        "{account: a, token: 'two words'}|holds a blank",
        "{account: a}|it needs 'token'",
        "{account: a, email: x@y.example}|it needs 'token'",
        "{token: t}|it needs 'account'",
        "{account: a/b, token: t}|account id",
        "{account: a, token: t, base-url: 'ftp://x'}|base URL",
        "{account: a, token: t, base-url: 'not a url'}|prod",
        "{account: a, token: t, rate: fast}|not a rate",
        "{account: a, token: t, rate: {a: b}}|rate",
        "{account: a, token: t, rate: [[1]]}|rate",
        "{account: a, token: t, rate: [{}]}|rate",
        "{account: a, token: t, reserve: lots}|percentage",
        "{account: a, token: t, reserve: [1]}|percentage",
        "{account: a, token: t, reserve: 100%}|reserve",
        "{account: a, token: t, concurrency: 0}|1 to 1000",
        "{account: a, token: t, concurrency: many}|1 to 1000",
        "{account: a, token: t, concurrency: {}}|1 to 1000",
        "{account: a, token: t, reserve: 0.25}|reserve: '0.25' is not a percentage: write it with",
        "{account: a, token: t, reserve: 25}|write it with the sign, as in 25%",
        "{account: [a], token: t}|'account' is not a text",
        "{account: a, token: t, base-url: [x]}|'base-url' is not a text",
        "{account: a, token: {env: T}}|'token' is not a text",
        "{account: a, token: t, base-url: }|'base-url' has no value",
        "{account: a, token: t, base-url: ''}|'base-url' has no value",
        "{account: a, token: t, email: x@y.example}|'token' and 'email'",
        "{account: a, token: t, api-key: k}|'token' and 'api-key'",
        "{account: a, token: t, rate: []}|'rate' names none",
        "{account: a, token: t, rate: }|not a rate",
        "{account: a, token: t, rate: 5}|not a rate",
        "{account: a, token: t, reserve: }|percentage",
        "{account: a, token: t, concurrency: '8'}|1 to 1000",
        "{account: a, token: t, concurrency: 8.5}|1 to 1000",
        "{}|it holds nothing",
        "{account: 1e5, token: t}|quotes",
        "{account: a, token: 12345678901234567890e5}|quotes",
        "text|not a mapping",
        "[]|not a mapping",
        "~|not a mapping",
        "''|it holds nothing"
      })
  void aProfileThatIsWrongIsRefusedByNamingWhat(String body, String what) throws IOException {
    ProfileFile file = read("profiles:\n  prod: " + body + "\n");
    assertThatThrownBy(() -> file.profile("prod"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("prod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{account: a, token: t, baseurl: x}|'baseurl' is unknown; the nearest is 'base-url'",
        "{account: a, api_key: k, email: e}|the nearest is 'api-key'",
        "{account: a, token: t, rates: 1/1s}|the nearest is 'rate'",
        "{account: a, token: t, <<: b}|'<<' is unknown",
        "{'account ': a, token: t}|'account ' is unknown; the nearest is 'account'"
      })
  void aKeyThatIsNotReadIsRefusedInAProfileThatIsNotUsedToo(String body, String what) {
    String text = "profiles:\n  good: {account: a, token: s3cret-t0ken}\n  other: " + body + "\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("profile 'other'")
        .hasMessageContaining(what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"' prod'", "'prod '", "''"})
  void aNameThatNoFlagCouldMeanIsRefused(String name) {
    assertThatThrownBy(() -> read("profiles:\n  " + name + ": {account: a}\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has a blank at an end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00123", "12345678901234567890123456789012", "1_000", "0x1f", "true"})
  void anAccountIdOfDigitsIsReadAsItIsWritten(String id) throws IOException {
    Profile prod =
        read("profiles:\n  prod: {account: " + id + ", token: s3cret-t0ken}\n").profile("prod");
    assertThat(prod.account().id()).isEqualTo(id);
  }

  @Test
  void anUnknownProfileIsRefusedByNamingTheKnownOnes() throws IOException {
    ProfileFile file = read("profiles:\n  a: {}\n  b: {}\n");
    assertThatThrownBy(() -> file.profile("c"))
        .isInstanceOfSatisfying(
            UsageException.class, refusal -> assertThat(refusal.hint()).contains("a, b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "# nothing\n",
        "profiles:\n",
        "profiles: x\n",
        "profiles: []\n",
        "[]",
        "x"
      })
  void aFileWithoutProfilesIsRefused(String content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("names no profiles");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profiles:;  prod:;    account: a;   token: s3cret;#|4",
        "profiles:;  prod: {account: a|2",
        "profiles:;\tprod: s3cret;#|2",
        "profiles:;  a: 's3cret|2",
        "profiles:;  a: b;- s3cret;#|3"
      })
  void brokenYamlNamesTheLineAndNothingElse(String content, int line) {
    assertThatThrownBy(() -> read(content.replace(';', '\n')))
        .isInstanceOfSatisfying(
            UsageException.class, wrong -> assertThat(wrong.hint()).contains("not with tabs"))
        .hasMessageContaining("not well-formed YAML")
        .hasMessageEndingWith(" in line " + line)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anAliasBombIsHarmless() throws IOException {
    StringBuilder bomb = new StringBuilder("x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*x" + (i - 1);
      bomb.append("x" + i + ": &x" + i + " [" + (alias + ",").repeat(9) + alias + "]\n");
    }
    bomb.append("profiles:\n  prod: *x29\n");
    Throwable error = catchThrowable(() -> read(bomb.toString()).profile("prod"));
    assertThat(error).isInstanceOf(UsageException.class);
  }

  @ParameterizedTest
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: "})
  void deepNestingEndsInACleanError(String opening) {
    String deep = "profiles: " + opening.repeat(20_000);
    assertThat(catchThrowable(() -> read(deep))).isInstanceOf(UsageException.class);
  }

  @Test
  void bytesAtRandomEndInACleanError() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      byte[] text = LITERAL.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(
          bytes, 0, text, random.nextInt(20), Math.min(bytes.length, text.length - 20));
      for (byte[] content : new byte[][] {bytes, text}) {
        Path path = directory.resolve("random.yaml");
        Files.write(path, content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        Throwable error =
            catchThrowable(() -> ProfileFile.read(path, environment()).profile("prod"));
        if (error != null) {
          assertThat(error).isInstanceOf(UsageException.class).hasMessageNotContaining(SECRET);
        }
      }
    }
  }

  @Test
  void theAddressOfAChatsWebhookIsASecretToo() throws IOException {
    String notify = "profiles: {}\nnotify:\n  chat: {url: '%s', format: %s, on: [failed]}\n";
    String literal = "https://hooks.example/T0/s3cret-t0ken";

    Path open = write(notify.formatted(literal, "slack"), "rw-r--r--");
    assertThatThrownBy(() -> ProfileFile.read(open, environment()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("can be read by others")
        .hasMessageNotContaining(SECRET);

    ProfileFile.read(write(notify.formatted(literal, "slack"), "rw-------"), environment());
    ProfileFile.read(write(notify.formatted("env:HOOK", "slack"), "rw-r--r--"), environment());
    ProfileFile.read(write(notify.formatted(literal, "json"), "rw-r--r--"), environment());
  }

  @Test
  void aFileThatIsNotUtf8IsRefusedForThat() throws IOException {
    Path path = write("", "rw-------");
    Files.write(path, ("# f\u00fcr alle\n" + LITERAL).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ProfileFile.read(path, environment()))
        .isInstanceOf(UsageException.class)
        .hasMessage(path + " is not UTF-8 text");
  }

  @Test
  void aMissingOrHugeFileIsRefused() throws IOException {
    assertThatThrownBy(() -> ProfileFile.read(directory.resolve("none"), environment()))
        .isInstanceOfSatisfying(
            UsageException.class, refusal -> assertThat(refusal.hint()).contains("--config"));
    Path huge = write("#".repeat((1 << 20) + 1), "rw-------");
    assertThatThrownBy(() -> ProfileFile.read(huge, environment()))
        .hasMessageContaining("too large");
    assertThatThrownBy(() -> ProfileFile.read(directory, environment()))
        .isInstanceOf(UsageException.class);
  }

  private static Environment environment() {
    return new Environment(Map.of("PROD_TOKEN", "env-token"));
  }

  private ProfileFile read(String content) throws IOException {
    return ProfileFile.read(write(content, "rw-------"), environment());
  }

  private Path write(String content, String mode) throws IOException {
    Path path = directory.resolve("config.yaml");
    Files.deleteIfExists(path);
    Files.writeString(path, content);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
