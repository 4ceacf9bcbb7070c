package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.command.ImportCommand;
import io.sluice.cli.command.MigrateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class RerunTest {
  private static final Rerun RERUN =
      of(
          "-r",
          "block_senders",
          "my file.tsv.gz",
          "--format=csv",
          "--encoding",
          "ISO-8859-1",
          "--profile",
          "prod",
          "--map",
          "A B=pattern",
          "--map",
          "C=",
          "--set",
          "comments=it's",
          "--mode",
          "delete",
          "--rate",
          "600/300s",
          "--results",
          "old",
          "--resume",
          "--yes");

  private static Rerun of(String... args) {
    return Rerun.of(
        new CommandLine(new ImportCommand()).parseArgs(args), "block-senders", "my file.tsv.gz");
  }

  /** Read back, it is the same command line: each option as often as it was given. */
  @Test
  void whatIsPrintedMeansTheSameRun() {
    String line = RERUN.again();
    List<String> words = shellWords(line);

    CommandLine.ParseResult again =
        new CommandLine(new ImportCommand())
            .parseArgs(words.subList(2, words.size()).toArray(new String[0]));
    assertThat(again.matchedOption("--map").originalStringValues())
        .containsExactly("A B=pattern", "C=");
    assertThat(again.matchedOption("--set").originalStringValues())
        .containsExactly("comments=it's");
    assertThat(again.matchedPositional(0).originalStringValues()).containsExactly("my file.tsv.gz");
    assertThat(
            Rerun.of(again, "block-senders", again.matchedPositional(0).getValue().toString())
                .again())
        .isEqualTo(line);
  }

  private static List<String> shellWords(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == '\\' && !quoted) {
        word.append(line.charAt(++i));
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }

  @Test
  void goingOnTakesTheSameOptions() {
    assertThat(RERUN.resumed(Path.of("results")))
        .startsWith("sluice import -r block-senders 'my file.tsv.gz' ")
        .contains("--map 'A B=pattern' --map C=")
        .contains("--set 'comments=it'\\''s'")
        .contains("--format csv", "--encoding ISO-8859-1", "--profile prod", "--yes")
        .endsWith(" --results results --resume")
        .doesNotContain("old");
  }

  @Test
  void whatFailedIsReadAsItWasWritten() {
    assertThat(RERUN.of(Path.of("results/failed.csv")))
        .startsWith("sluice import -r block-senders results/failed.csv ")
        .contains("--map C=", "--mode delete")
        .doesNotContain("--format", "--encoding", "--results", "--resume");
  }

  @Test
  void undoingKeepsOnlyTheAccount() {
    String undo = RERUN.undoing(Path.of("saved.jsonl"), List.of("--max-deletes", "3"));

    assertThat(undo)
        .startsWith("sluice import -r block-senders saved.jsonl ")
        .contains("--profile prod", "--rate 600/300s")
        .endsWith("--max-deletes 3")
        .doesNotContain("--mode", "--map", "--set", "--yes");
  }

  @Test
  void aMigrationIsUndoneInTheTargetAlone() {
    Rerun rerun =
        Rerun.of(
            new CommandLine(new MigrateCommand())
                .parseArgs("--from=old", "--to", "new", "-r", "domains", "--rate", "9/1s", "--yes"),
            List.of("migrate"),
            null);

    assertThat(rerun.resumed(Path.of("results")))
        .startsWith("sluice migrate --from old --to new --resource domains ")
        .endsWith(" --results results --resume");
    assertThat(rerun.restoring(Path.of("saved"), List.of("--profile", "new")))
        .isEqualTo("sluice restore saved --rate 9/1s --profile new");
  }

  @Test
  void wordsAreQuotedForTheShell() {
    assertThat(Rerun.quoted("a/b-1.csv")).isEqualTo("a/b-1.csv");
    assertThat(Rerun.quoted("$(rm) `x`")).isEqualTo("'$(rm) `x`'");
    assertThat(Rerun.quoted("")).isEqualTo("''");
    assertThat(Rerun.quoted("it's")).isEqualTo("'it'\\''s'");
  }
}
