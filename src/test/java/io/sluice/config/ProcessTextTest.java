package io.sluice.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which text is refused since the JVM may have read it as something else. */
final class ProcessTextTest {
  private static final String LOST = "M\uFFFD\uFFFDller";

  @Test
  void anArgumentThatLostCharactersIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> text(US_ASCII).requireArguments(List.of("import", LOST)))
        .isInstanceOfSatisfying(
            UsageException.class,
            refused -> {
              assertThat(refused)
                  .hasMessage(
                      "argument 2 is not plain ASCII, and Java read it as US-ASCII, not as"
                          + " UTF-8");
              assertThat(refused.hint()).startsWith("set LC_ALL=C.UTF-8");
            });
  }

  @Test
  void anArgumentThatWasReadAsLatin1IsRefusedThoughNoCharacterIsMissing() {
    assertThatThrownBy(() -> text(ISO_8859_1).requireArguments(List.of("MÃ¼ller")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("ISO-8859-1");
  }

  @Test
  void anArgumentThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> text(UTF_8).requireArguments(List.of("M\uFFFDller")))
        .isInstanceOfSatisfying(
            UsageException.class,
            refused -> {
              assertThat(refused).hasMessage("argument 1 is not valid UTF-8");
              assertThat(refused.hint()).contains("LC_ALL=C.UTF-8");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"US-ASCII", "ISO-8859-1", "windows-1252", "UTF-8", "Shift_JIS"})
  void plainTextIsTakenWhateverTheLocale(String charset) {
    ProcessText text = text(Charset.forName(charset));
    assertThatCode(() -> text.requireArguments(List.of("import", "", "a b\t~"))).isNull();
    assertThatCode(() -> text.requireDirectory("it", "/home/a")).isNull();
    assertThat(new Environment(Map.of("A", "b"), text).get("A")).isEqualTo("b");
  }

  @Test
  void utf8IsTakenAsItIs() {
    ProcessText text = text(UTF_8);
    assertThatCode(() -> text.requireArguments(List.of("comments=Müller 迷惑"))).isNull();
    assertThatCode(() -> text.requireDirectory("it", "/home/müller")).isNull();
    assertThat(new Environment(Map.of("A", "ü"), text).get("A")).isEqualTo("ü");
  }

  @Test
  void aDirectoryThatMayBeAnotherIsRefused() {
    assertThatThrownBy(() -> text(US_ASCII).requireDirectory("the working directory", LOST))
        .hasMessageStartingWith("the name of the working directory is not plain ASCII");
    assertThatThrownBy(() -> text(UTF_8).requireDirectory("the working directory", LOST))
        .hasMessage("the name of the working directory is not valid UTF-8");
  }

  @Test
  void onlyVariablesThatAreReadCount() {
    Environment environment =
        new Environment(Map.of("OTHER", LOST, "TOKEN", "s3cret" + LOST), text(US_ASCII));

    assertThat(environment.get("NONE")).isNull();
    assertThatThrownBy(() -> environment.get("TOKEN"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the environment variable TOKEN is not plain ASCII")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aDefaultCharsetOfItsOwnIsToBeLeftOut() {
    ProcessText text = new ProcessText(UTF_8, ISO_8859_1);
    assertThatThrownBy(() -> text.requireVariable("HOME", "/home/mÃ¼ller"))
        .isInstanceOfSatisfying(
            UsageException.class,
            refused -> assertThat(refused.hint()).isEqualTo("start Java without -Dfile.encoding"));
  }

  @Test
  void wordsOfACommandLineAreThoseThatAreUtf8() {
    byte[] bytes = "java\0M\u00fcller\0\0\uFFFD\0last\0".getBytes(UTF_8);
    bytes[5 + 1] = (byte) 0xFF;
    assertThat(ProcessText.words(bytes)).containsExactly("java", "", "\uFFFD", "last");
  }

  private static ProcessText text(Charset charset) {
    return new ProcessText(charset, charset);
  }
}
