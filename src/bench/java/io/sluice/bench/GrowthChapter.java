package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How time, processor time and memory grow with the number of records: in proportion, and memory
 * not at all where nothing is remembered. One run a size, after a warm-up that is not counted.
 */
final class GrowthChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A larger run is not changed by a server that is cold at first. */
  private static final int WARM = 1_000_000;

  private static final Goal STRAIGHT = Goal.atMost(1.2);
  private static final Goal FLAT = Goal.atMost(1.3);

  private final Growth export = new Growth("export", STRAIGHT, FLAT);
  private final Growth raw = new Growth("raw loop", Goal.NONE, Goal.NONE);
  private final Growth validate = new Growth("validate", STRAIGHT, FLAT);
  private final Growth plan = new Growth("plan", STRAIGHT, Goal.NONE);
  private final Growth batches = new Growth("batch import", STRAIGHT, Goal.NONE);

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    List<Row> failures = new ArrayList<>();
    for (int size : workshop.settings().growth()) {
      Path csv = Senders.csv(workshop.directory().resolve("growth.csv"), size);
      try (SandboxProcess accounts = SandboxProcess.generating(workshop, size)) {
        attempt(failures, size, () -> exports(workshop, accounts, size));
        attempt(failures, size, () -> validate(workshop, size, csv));
        attempt(failures, size, () -> imports(workshop, accounts, size, csv));
      }
      Files.delete(csv);
    }
    List<Growth> all = List.of(export, validate, plan, batches, raw);
    List<Row> rows = new ArrayList<>();
    all.forEach(growth -> rows.addAll(growth.rows()));
    rows.add(Row.noted("growth, as a picture", GrowthChart.write(workshop, all)));
    rows.addAll(failures);
    return rows;
  }

  private void exports(Workshop workshop, SandboxProcess accounts, int size)
      throws IOException, InterruptedException {
    String pages = Long.toString(accounts.pages());
    Exporter sluice =
        new Exporter(
            "sluice export",
            workshop,
            accounts,
            file -> workshop.exports(file, "--json"),
            GrowthChapter::tally);
    Exporter loop =
        new Exporter(
            "raw loop",
            workshop,
            accounts,
            file -> workshop.program(List.of(), RawLoop.class, pages, file.toString()),
            said -> new Exporter.Tally(accounts.rows(), accounts.pages()));
    warmed(workshop, export, size, sluice);
    warmed(workshop, raw, size, loop);
  }

  private void validate(Workshop workshop, int size, Path csv)
      throws IOException, InterruptedException {
    warmed(
        workshop,
        validate,
        size,
        new CheckedCommand(
            "sluice validate",
            workshop,
            workshop.sluice(List.of(), "validate", "-r", "block-senders", csv.toString(), "--json"),
            Map.of(),
            size,
            printed -> printed.path("valid").asLong(0) == size));
  }

  /** Fills an empty account, and plans the same file against one that holds all of it. */
  private void imports(Workshop workshop, SandboxProcess accounts, int size, Path csv)
      throws IOException, InterruptedException {
    Map<String, String> full = accounts.variables();
    Map<String, String> empty = new HashMap<>(full);
    empty.put(Target.ACCOUNT, GeneratedAccounts.EMPTY);
    warmed(
        workshop,
        batches,
        size,
        new CheckedCommand(
            "sluice import, batch",
            workshop,
            workshop.imports(List.of(), csv, "--strategy", "batch", "--rate", Workshop.UNPACED),
            empty,
            size,
            printed -> printed.path("counts").path("created").asLong(0) == size));
    warmed(
        workshop,
        plan,
        size,
        new CheckedCommand(
            "sluice import --dry-run",
            workshop,
            workshop.imports(List.of(), csv, "--dry-run", "--rate", Workshop.UNPACED),
            full,
            size,
            printed -> printed.path("plan").path("unchanged").asLong(0) == size));
  }

  /** Runs once for the server to be warm, unless the run itself sees to that, then to measure. */
  private static void warmed(Workshop workshop, Growth growth, int size, Contender contender)
      throws IOException, InterruptedException {
    if (size <= WARM) {
      contender.run();
    }
    add(workshop, growth, size, contender.run());
  }

  private static Exporter.Tally tally(String said) {
    JsonNode summary = JSON.readTree(said);
    return new Exporter.Tally(summary.path("rows").asLong(0), summary.path("requests").asLong(0));
  }

  private static void add(Workshop workshop, Growth growth, int size, Sample sample) {
    growth.add(size, sample);
    workshop.say(
        String.format(
            Locale.ROOT,
            "  %-12s %,11d records: %7.2f s, %7.2f CPU s, %5.0f MiB",
            growth.job(),
            size,
            Figure.SECONDS.of(sample),
            Figure.CPU.of(sample),
            Figure.PEAK.of(sample)));
  }

  private static void attempt(List<Row> failures, int size, Job job)
      throws IOException, InterruptedException {
    try {
      job.run();
    } catch (Contender.FailedRun failed) {
      String figure = String.format(Locale.ROOT, "growth, %,d records", size);
      failures.add(Row.failed(figure, String.valueOf(failed.getMessage())));
    }
  }

  private interface Job {
    void run() throws IOException, InterruptedException;
  }
}
