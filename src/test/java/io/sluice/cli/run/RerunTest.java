package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Validation;
import io.sluice.cli.command.ApplyCommand;
import io.sluice.cli.command.ImportCommand;
import io.sluice.cli.command.MigrateCommand;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.pipeline.imports.saved.SavedPart;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        new ImportCommand().parser().parseArgs(args), "block-senders", "my file.tsv.gz");
  }

  /** Read back, it is the same command line: each option as often as it was given. */
  @Test
  void whatIsPrintedMeansTheSameRun() {
    String line = RERUN.again();
    List<String> words = shellWords(line);

    CommandLine.ParseResult again =
        new ImportCommand()
            .parser()
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
            new MigrateCommand()
                .parser()
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
  void aPlanIsAppliedToAnAccountOfAnyName() {
    assertThat(RERUN.applying(Path.of("a b.plan"), List.of("--profile", "my own")))
        .startsWith("sluice apply 'a b.plan' ")
        .endsWith(" --profile 'my own'");
  }

  @Test
  void rowsLeftOfAPlanAreImportedInItsModeAndForItsOwner() {
    String[] apply = {"n.plan", "--profile", "prod", "--max-errors", "3", "--yes"};
    CommandLine.ParseResult parsed = new ApplyCommand().parser().parseArgs(apply);
    Path left = Path.of("r/failed.jsonl");

    assertThat(
            Rerun.ofPlan(
                    parsed,
                    "n.plan",
                    part(Mode.CREATE, Map.of("--owner", "soc", "--adopt", "", "--expires", "30d")))
                .of(left))
        .isEqualTo(
            "sluice import -r block-senders r/failed.jsonl --profile prod --mode create"
                + " --owner soc --adopt --expires 30d");
    assertThat(Rerun.ofPlan(parsed, "n.plan", part(Mode.UPSERT, Map.of())).of(left))
        .isEqualTo("sluice import -r block-senders r/failed.jsonl --profile prod");
    assertThat(Rerun.ofPlan(parsed, "n.plan", part(Mode.DELETE, Map.of())).of(left))
        .endsWith(" --mode delete");
  }

  private static SavedPart part(Mode mode, Map<String, String> options) {
    return new SavedPart(
        Catalog.get("block_senders"),
        mode,
        Strategy.AUTO,
        Origin.UNKNOWN,
        Validation.Level.STRICT,
        false,
        null,
        null,
        false,
        true,
        true,
        "b.csv",
        "0a1b",
        2,
        0,
        options,
        2,
        0);
  }

  @Test
  void anotherPlanIsSavedUnderAnotherName(@TempDir Path directory) throws IOException {
    String plan = directory.resolve("a.b").resolve("p.plan").toString();
    Files.createDirectory(directory.resolve("a.b"));
    Rerun rerun = of("-r", "block-senders", "x.csv", "--dry-run", "--save-plan", plan);

    assertThat(rerun.again()).endsWith("p.plan");
    Files.createFile(Path.of(plan));
    assertThat(rerun.again()).endsWith("a.b/p-2.plan");
    Files.createFile(directory.resolve("a.b").resolve("p-2.plan"));
    assertThat(rerun.of(Path.of("failed.csv"))).endsWith("a.b/p-3.plan");
  }

  @Test
  void whatBeginsWithADashIsNotTakenForAnOption() {
    CommandLine.ParseResult parsed =
        new ImportCommand()
            .parser()
            .parseArgs("-r", "block-senders", "--map=-from=pattern", "--", "-x.csv");

    assertThat(Rerun.of(parsed, "block-senders", "-x.csv").again())
        .isEqualTo("sluice import -r block-senders ./-x.csv --map=-from=pattern");
    assertThat(Rerun.of(parsed, "block-senders", "-").resumed(Path.of("-r")))
        .isEqualTo("sluice import -r block-senders - --map=-from=pattern --results=-r --resume");
    assertThat(RERUN.deleting("-r/created.csv"))
        .startsWith("sluice import -r block-senders ./-r/created.csv ");
  }
}
