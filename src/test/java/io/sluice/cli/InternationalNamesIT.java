package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar holds what it takes to check names that are not ASCII, and no more. */
final class InternationalNamesIT {
  private static final List<String> VALID =
      List.of(
          "straße.example",
          "strasse.example",
          "BÜCHER.example",
          "xn--nxasmm1c.com",
          "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.com",
          "\u0DC1\u0DCA\u200D\u0DBB\u0DD3.com",
          "\u05D0\u05D1\u05D2.example",
          "bu\u0308ro.example");

  private static final List<String> INVALID =
      List.of(
          "zw\u200B2.example",
          "\u65E5\u672C\u8A9E\u3002\uFF2A\uFF30",
          "\uD83D\uDC2B.example",
          "zw\u200C5.example",
          "xn--zz99.example",
          "xn--a.example",
          "a\u05D0.example",
          "\u0300a.example",
          "-\u00FC.example",
          "\u00FC..example",
          "ü".repeat(64) + ".example",
          "\uFDFA.example",
          "\uDBFF\uDFFD.example",
          "nbsp\u00A0.example");

  @TempDir private Path directory = Path.of("");

  @Test
  void namesOfEveryKindAreJudged() throws Exception {
    Files.write(directory.resolve("valid.txt"), VALID);
    Files.write(directory.resolve("invalid.txt"), INVALID);
    Ended valid = validate("valid.txt");
    Ended invalid = validate("invalid.txt");

    assertThat(valid.exit()).describedAs(valid.err()).isZero();
    assertThat(valid.out()).contains(VALID.size() + " valid").contains("0 repeat");
    assertThat(invalid.exit()).describedAs(invalid.err()).isEqualTo(4);
    assertThat(invalid.out())
        .contains("0 valid, " + INVALID.size() + " invalid")
        .contains("'zw\\u200b2.example' invalid domain: U+200B (zero width space)")
        .contains("'nbsp\\u00a0.example'");
  }

  @Test
  void namesOfAsciiDoWithoutTheLibrary() throws Exception {
    Files.write(directory.resolve("plain.txt"), List.of("a.example", "b@c.example", "no_name"));
    Ended plain =
        new SluiceProcess(directory)
            .jvm("-verbose:class")
            .run("validate", "-r", "block-senders", "plain.txt");

    assertThat(plain.exit()).isEqualTo(4);
    assertThat(plain.out()).contains("io.sluice.catalog.pattern").doesNotContain("com.ibm.icu");
  }

  @Test
  void theLibraryIsThereInPart() throws Exception {
    try (JarFile jar = new JarFile(System.getProperty("sluice.jar", "target/sluice.jar"))) {
      long bytes =
          jar.stream()
              .filter(entry -> entry.getName().startsWith("com/ibm/icu/"))
              .mapToLong(entry -> entry.getSize())
              .sum();

      assertThat(bytes).isBetween(500_000L, 1_500_000L);
    }
  }

  private Ended validate(String file) throws Exception {
    return new SluiceProcess(directory).run("validate", "-r", "block-senders", file);
  }
}
