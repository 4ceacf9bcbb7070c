package io.sluice.pipeline.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that could not be imported come out as they went in, and are refused for the same reason.
 */
class FailedRowsFormTest {
  private static final String SPREADSHEET =
      """
      \ufeffpattern;comments\r
      fine.example;x\r
      bad.example;too;many\r
      "Baker, Joe" <joe@evil.example>;quoted\r
      not a domain;"Größe; viel"\r
      """;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void theFormOfTheInputIsKept() throws IOException {
    String failed = failedOf(SPREADSHEET, "first");

    assertThat(failed)
        .startsWith("\ufeffpattern;comments;_outcome;_code;_message;_pointer;_line\r\n")
        .contains("\r\nbad.example;too;many;invalid;")
        .contains("\r\n\"Baker, Joe\" <joe@evil.example>;quoted;invalid;")
        .contains("\r\nnot a domain;\"Größe; viel\";invalid;");
  }

  @Test
  void theSameRowsAreRefusedForTheSameReasonsAgainAndAgain() throws IOException {
    String first = failedOf(SPREADSHEET, "first");
    List<String> reasons = reasons("first");
    String second = failedOf(first, "second");

    assertThat(reasons).hasSize(3);
    assertThat(reasons.get(0)).contains("2 columns in the header, but 3 in the row");
    assertThat(reasons.get(1)).contains("text behind a closing quote");
    assertThat(reasons("second")).isEqualTo(reasons);
    failedOf(second, "third");
    assertThat(reasons("third")).isEqualTo(reasons);
    assertThat(rows("third")).isEqualTo(rows("second"));
  }

  private List<String> reasons(String run) throws IOException {
    return new ImportRig(sandbox, directory.resolve(run))
        .report().stream()
            .filter(row -> row.get("outcome").equals("invalid"))
            .map(row -> row.get("message"))
            .toList();
  }

  private List<String> rows(String run) throws IOException {
    return Files.readString(directory.resolve(run).resolve("results/failed.csv"), UTF_8)
        .lines()
        .map(line -> line.replaceAll("\\d+$", ""))
        .toList();
  }

  private String failedOf(String text, String run) throws IOException {
    Path place = Files.createDirectories(directory.resolve(run));
    new ImportRig(sandbox, place).csv(text);
    return Files.readString(place.resolve("results/failed.csv"), UTF_8);
  }
}
