package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs that were once misread, each with a transcript of what is right: see {@code cases} among
 * the test resources.
 */
@Tag("slow")
final class CasesIT {
  private static final Path CASES =
      Path.of("src", "test", "resources", "io", "sluice", "cli", "cases");

  @TempDir private Path directory = Path.of("");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> found = Files.list(CASES)) {
      List<String> names = found.map(path -> path.getFileName().toString()).sorted().toList();
      assertThat(names).hasSizeGreaterThanOrEqualTo(11);
      return names.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatWentWrongOnceGoesRight(String name) throws Exception {
    Path files = CASES.resolve(name);
    try (Stream<Path> found = Files.list(files)) {
      for (Path file : found.toList()) {
        Files.copy(file, directory.resolve(file.getFileName().toString()));
      }
    }
    try (CaseTranscript transcript = new CaseTranscript(directory)) {
      transcript.play(Files.readAllLines(files.resolve("transcript.txt")));
    }
  }
}
