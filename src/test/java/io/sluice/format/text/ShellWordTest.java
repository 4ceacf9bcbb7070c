package io.sluice.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words come out of a shell as they went in. */
final class ShellWordTest {
  @ParameterizedTest
  @ValueSource(strings = {"a/b-1.csv", "Größe=pattern", "a,b:c@d%e+f_g"})
  void whatMeansNothingToAShellStaysAsItIs(String word) {
    assertThat(ShellWord.of(word)).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "it's",
        "''",
        "a b",
        "$(rm) `x`",
        "\"quoted\"",
        "back\\slash",
        "!!",
        "*",
        "~",
        "a;b",
        "a&b",
        "#",
        "a\nb",
        "{a,b}",
        "[a]",
        "<in",
        "A B=pattern"
      })
  void aShellReadsTheWordAsItWas(String word) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word)).start();
    byte[] read = shell.getInputStream().readAllBytes();
    assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(word);
  }
}
