package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a small heap does to check files of any size, and to plan many rows against as many. */
final class InputMemoryChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int RUNS = 3;
  private static final int LARGE = 1_000_000;
  private static final int PLANNED = 100_000;
  private static final String HOW = "exit 0 and the right count, each time";

  @Override
  public String name() {
    return "input-memory";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (int size : workshop.settings().validated()) {
      String heap = size > LARGE ? "-Xmx256m" : "-Xmx64m";
      String figure = String.format(Locale.ROOT, "validate %,d rows, %s", size, heap);
      Path file = Senders.csv(workshop.directory().resolve("validated.csv"), size);
      List<String> command =
          workshop.sluice(
              List.of(heap), "validate", "-r", "block-senders", file.toString(), "--json");
      rows.addAll(
          measure(
              workshop, figure, command, Map.of(), said -> said.path("valid").asLong(0) == size));
      Files.delete(file);
    }
    rows.addAll(planned(workshop));
    return rows;
  }

  /** Plans against the account that an import of as many rows left. */
  private static List<Row> planned(Workshop workshop) throws IOException, InterruptedException {
    String heap = "-Xmx128m";
    String figure = String.format(Locale.ROOT, "plan %,d rows against as many, %s", PLANNED, heap);
    Path held = Senders.csv(workshop.directory().resolve("held.csv"), PLANNED);
    Path changed = Senders.changedCsv(workshop.directory().resolve("changed.csv"), PLANNED);
    try (AccountsProcess accounts = AccountsProcess.start(workshop, 1, PLANNED)) {
      Target target = accounts.next();
      Child.Finished filling =
          run(
              workshop,
              workshop.imports(List.of(), held, "--rate", Workshop.UNPACED),
              target.variables());
      if (filling.exit() != 0) {
        return List.of(Row.failed(figure, filling.failure()));
      }
      return measure(
          workshop,
          figure,
          workshop.imports(List.of(heap), changed, "--dry-run", "--rate", Workshop.UNPACED),
          target.variables(),
          said -> said.path("plan").path("create").asLong(0) == PLANNED / 2);
    }
  }

  private static List<Row> measure(
      Workshop workshop,
      String figure,
      List<String> command,
      Map<String, String> variables,
      Predicate<JsonNode> right)
      throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> peaks = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Child.Finished run = run(workshop, command, variables);
      if (run.exit() != 0) {
        return List.of(Row.failed(figure, run.failure()));
      }
      if (!right.test(JSON.readTree(run.said()))) {
        return List.of(Row.failed(figure, "it said " + run.said().strip()));
      }
      seconds.add(run.seconds());
      peaks.add(run.peakBytes() / (1 << 20));
      workshop.say(
          String.format(
              Locale.ROOT, "  %s: %.1f s, %.0f MiB", figure, run.seconds(), peaks.get(i)));
    }
    return List.of(
        new Row(figure, Spread.of(peaks), "MiB peak RSS", HOW, Goal.NONE),
        new Row(figure, Spread.of(seconds), "s", HOW, Goal.NONE));
  }

  private static Child.Finished run(
      Workshop workshop, List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    try {
      return Child.run(
          workshop.directory(), "input", command, variables, workshop.settings().limit());
    } finally {
      Workshop.remove(workshop.results());
    }
  }
}
