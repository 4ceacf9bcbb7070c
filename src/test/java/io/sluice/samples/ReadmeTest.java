package io.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README points at. */
final class ReadmeTest {
  private static final Pattern TEST = Pattern.compile("\\b[A-Z][A-Za-z]+(?:Test|IT)\\b");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void theTestsBehindItsPromisesAreThere() throws IOException {
    assertThat(sources()).containsAll(named(TEST, 0));
  }

  @Test
  void whatItLinksToIsThere() throws IOException {
    assertThat(named(LINK, 1)).isNotEmpty().allSatisfy(path -> assertThat(Path.of(path)).exists());
  }

  private static Set<String> named(Pattern pattern, int group) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(found -> found.group(group))
        .collect(Collectors.toSet());
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
