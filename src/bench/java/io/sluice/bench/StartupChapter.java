package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How soon a command is there, against a JVM that does nothing. */
final class StartupChapter implements Chapter {
  private static final String BARE = "bare JVM";
  private static final String VERSION = "sluice --version";
  private static final String ONE_PAGE = "one-page export";

  /** With the sandbox's awkward records besides, less than a page. */
  private static final int RECORDS = 800;

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    try (SandboxProcess sandbox = SandboxProcess.start(workshop, RECORDS)) {
      Path file = workshop.directory().resolve("page.jsonl");
      List<String> export =
          workshop.sluice(
              List.of(), "export", "-r", "block-senders", "-q", "--out", file.toString());
      Contest contest =
          Contest.run(
              workshop,
              List.of(
                  new Start(BARE, workshop, workshop.bare(EmptyMain.class), Map.of()),
                  new Start(VERSION, workshop, workshop.sluice(List.of(), "--version"), Map.of()),
                  new Start(ONE_PAGE, workshop, export, sandbox.variables())),
              workshop.settings().starts());
      Files.deleteIfExists(file);
      return rows(contest);
    } catch (Contender.FailedRun failed) {
      return List.of(Row.failed(name(), String.valueOf(failed.getMessage())));
    }
  }

  private static List<Row> rows(Contest contest) {
    List<Row> rows = new ArrayList<>();
    rows.add(against(contest, VERSION, Goal.atMost(2.5)));
    rows.add(against(contest, ONE_PAGE, Goal.NONE));
    rows.add(told(contest, BARE, Goal.NONE));
    rows.add(told(contest, VERSION, Goal.NONE));
    rows.add(told(contest, ONE_PAGE, Goal.atMost(500)));
    return rows;
  }

  private static Row against(Contest contest, String contender, Goal goal) {
    return new Row(
        contender + " time",
        contest.ratio(contender, BARE, Sample::seconds),
        Row.TIMES,
        BARE,
        goal);
  }

  private static Row told(Contest contest, String contender, Goal goal) {
    return new Row(
        contender, contest.of(contender, sample -> sample.seconds() * 1000), "ms", "", goal);
  }

  private record Start(
      String name, Workshop workshop, List<String> command, Map<String, String> variables)
      implements Contender {
    @Override
    public Sample run() throws IOException, InterruptedException {
      Child.Finished run =
          Child.run(workshop.directory(), "start", command, variables, workshop.settings().limit());
      if (run.exit() != 0) {
        throw new FailedRun(name, run.failure());
      }
      return Sample.of(run, 0, 0, 0);
    }
  }
}
