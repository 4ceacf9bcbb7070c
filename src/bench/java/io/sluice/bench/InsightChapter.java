package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long it takes to look at long lists and at many snapshots, within a small heap. */
final class InsightChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int RUNS = 3;
  private static final int BLOCKED = 100_000;
  private static final int ALLOWED = 10_000;
  private static final int EXPRESSIONS = 300;
  private static final int DAYS = 100;
  private static final int A_DAY = 50_000;
  private static final int CHANGED = 50;
  private static final String HOW = "exit 0 and the right count, each time";

  @Override
  public String name() {
    return "insight";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    Path lists =
        StoredLists.crossed(workshop.directory().resolve("crossed"), BLOCKED, ALLOWED, EXPRESSIONS);
    rows.addAll(
        measure(
            workshop,
            String.format(
                Locale.ROOT,
                "lint %,d blocked senders, %,d allow policies, %d expressions, -Xmx256m",
                BLOCKED,
                ALLOWED,
                EXPRESSIONS),
            workshop.sluice(List.of("-Xmx256m"), "lint", lists.toString(), "--json"),
            Goal.atMost(15),
            said -> said.path("records").asInt(0) == BLOCKED + ALLOWED));
    Workshop.remove(lists);
    Path days = days(workshop.directory().resolve("days"));
    rows.addAll(
        measure(
            workshop,
            String.format(
                Locale.ROOT, "history of %d snapshots of %,d records, -Xmx128m", DAYS, A_DAY),
            workshop.sluice(List.of("-Xmx128m"), "history", days.toString(), "--json"),
            Goal.NONE,
            said -> said.at("/summary/created").asInt(0) == (DAYS - 1) * CHANGED));
    Workshop.remove(days);
    return rows;
  }

  /** Each day some records go and as many come. */
  private static Path days(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < A_DAY; i++) {
      lines.add(StoredLists.sender(i, "ticket " + i));
    }
    for (int day = 0; day < DAYS; day++) {
      StoredLists.day(directory, day, lines);
      lines.subList(0, CHANGED).clear();
      for (int i = 0; i < CHANGED; i++) {
        lines.add(StoredLists.sender(A_DAY + (long) day * CHANGED + i, "ticket"));
      }
    }
    return directory;
  }

  private static List<Row> measure(
      Workshop workshop, String figure, List<String> command, Goal goal, Predicate<JsonNode> right)
      throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> peaks = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Child.Finished run =
          Child.run(
              workshop.directory(), "insight", command, Map.of(), workshop.settings().limit());
      if (run.exit() != 0) {
        return List.of(Row.failed(figure, run.failure()));
      }
      String said = run.said().strip();
      String last = said.substring(said.lastIndexOf('\n') + 1);
      if (!right.test(JSON.readTree(last))) {
        return List.of(Row.failed(figure, "its last line was " + last));
      }
      seconds.add(run.seconds());
      peaks.add(run.peakBytes() / (1 << 20));
    }
    return List.of(
        new Row(figure, Spread.of(seconds), "s", HOW, goal),
        new Row(figure, Spread.of(peaks), "MiB peak RSS", HOW, Goal.NONE));
  }
}
