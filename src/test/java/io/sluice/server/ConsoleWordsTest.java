package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the console: one for each thing. */
final class ConsoleWordsTest {
  private static final Path ASSETS = Path.of("src/main/resources/io/sluice/server/console/assets");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:label|legend|caption|title|hint|show\\(view,)[:\\s]\\s?[\"`]([^\"`]*)[\"`]");

  @Test
  void kindsOfRecordsHaveOneName() throws IOException {
    assertThat(texts())
        .contains("label: \"Kind of records\"", "legend: \"Kinds of records\"")
        .noneMatch(text -> text.matches("(?i).*\\bresources?\\b(?!\\().*"))
        .noneMatch(text -> text.matches("(label|legend): \"(Records|Kinds?)\""))
        .noneMatch(text -> text.equals("legend: \"What\""));
  }

  private static List<String> texts() throws IOException {
    try (Stream<Path> files = Files.list(ASSETS)) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .flatMap(ConsoleWordsTest::lines)
          .flatMap(line -> NAMED.matcher(line).results())
          .map(MatchResult::group)
          .toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
