package io.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs point at: one for users, one for whoever changes the code. */
final class ReadmeTest {
  private static final String CODE = "src/README.md";
  private static final Pattern TEST = Pattern.compile("\\b[A-Z][A-Za-z]+(?:Test|IT)\\b");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final Pattern HEADING = Pattern.compile("\\]\\(#([^)]+)\\)");
  private static final Pattern TYPE = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]+)`");
  private static final Pattern PLAIN_TYPE = Pattern.compile("`([A-Z][a-z]+[A-Z][A-Za-z]+)`");

  @Test
  void theTestsBehindThePromisesAreThere() throws IOException {
    Set<String> tests = named(CODE, TEST, 0);
    tests.remove("NoSuchTest");

    assertThat(tests).hasSizeGreaterThan(20);
    assertThat(sources()).containsAll(tests);
  }

  @Test
  void theTypesThatAreNamedAreWhereTheyAreSaidToBe() throws IOException {
    Set<String> types = named(CODE, TYPE, 1);
    Set<String> files = paths();

    assertThat(types)
        .hasSizeGreaterThan(20)
        .allMatch(
            type ->
                files.stream()
                    .anyMatch(file -> file.endsWith("/" + type.replace('.', '/') + ".java")));
    assertThat(sources()).containsAll(named(CODE, PLAIN_TYPE, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", CODE})
  void whatItLinksToIsThere(String readme) throws IOException {
    assertThat(named(readme, LINK, 1))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(Path.of(readme).resolveSibling(path)).exists());
  }

  @Test
  void theContentsLeadToHeadings() throws IOException {
    Set<String> headings =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceAll("^#+ |[^\\w -]", "").toLowerCase(java.util.Locale.ROOT))
            .map(line -> line.replace(' ', '-'))
            .collect(Collectors.toSet());

    assertThat(headings).containsAll(named("README.md", HEADING, 1));
  }

  private static Set<String> named(String readme, Pattern pattern, int group) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of(readme)))
        .results()
        .map((MatchResult found) -> found.group(group))
        .collect(Collectors.toSet());
  }

  private static Set<String> sources() throws IOException {
    return paths().stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> paths() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .map(file -> file.toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".java"))
          .collect(Collectors.toSet());
    }
  }
}
