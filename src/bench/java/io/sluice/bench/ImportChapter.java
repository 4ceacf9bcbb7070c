package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/** Imports into empty accounts: how fast, against a load generator and what people use today. */
final class ImportChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ROWS = "sluice import, rows";
  private static final String ROWS_16 = "sluice import, rows, 16 at once";
  private static final String BATCH = "sluice import, batch";
  private static final String RAW_ROWS = "raw posts";
  private static final String RAW_ROWS_16 = "raw posts, 16 at once";
  private static final String RAW_BATCH = "raw batch posts";
  private static final String SDK = "TypeScript SDK, 64 at once";
  private static final String SCRIPT = "create.mjs";
  private static final String FEW = "10,000 creates through batch";

  /** Calls at once, by rows. */
  private static final int AT_ONCE = 64;

  private static final int FEW_AT_ONCE = 16;
  private static final Goal AS_FAST = Goal.atLeast(0.9);
  private static final Goal LITTLE_MORE_WORK = Goal.atMost(1.5);

  /** Batches at once, as Sluice has them. */
  private static final int BATCHES_AT_ONCE = 4;

  /** From so many rows on, the goals of long imports hold. */
  private static final int LONG = 100_000;

  private static final int FEW_ROWS = 10_000;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    try {
      rows.addAll(byRows(workshop));
      rows.addAll(byBatch(workshop));
      rows.add(requests(workshop));
    } catch (Contender.FailedRun failed) {
      rows.add(Row.failed(name(), String.valueOf(failed.getMessage())));
    }
    return rows;
  }

  private static List<Row> byRows(Workshop workshop) throws IOException, InterruptedException {
    int size = workshop.settings().creates();
    int runs = workshop.settings().rounds() + 1;
    SdkInstallation sdk = SdkInstallation.attempt(workshop, SCRIPT);
    Path csv = Senders.csv(workshop.directory().resolve("creates.csv"), size);
    Path bodies = Senders.bodies(workshop.directory().resolve("creates.jsonl"), size);
    try (AccountsProcess accounts = AccountsProcess.start(workshop, 5 * runs, 5L * runs * size)) {
      List<Contender> contenders = new ArrayList<>();
      contenders.add(
          new Importer(
              ROWS,
              workshop,
              accounts,
              size,
              sluice(workshop, csv, "rows"),
              ImportChapter::requestsTold));
      contenders.add(
          new Importer(
              ROWS_16,
              workshop,
              accounts,
              size,
              sluice(workshop, csv, "rows", FEW_AT_ONCE),
              ImportChapter::requestsTold));
      contenders.add(
          new Importer(
              RAW_ROWS,
              workshop,
              accounts,
              size,
              raw(workshop, bodies, "/block_senders", AT_ONCE),
              ImportChapter::requestsCounted));
      contenders.add(
          new Importer(
              RAW_ROWS_16,
              workshop,
              accounts,
              size,
              raw(workshop, bodies, "/block_senders", FEW_AT_ONCE),
              ImportChapter::requestsCounted));
      List<String> script = sdk.script();
      if (script != null) {
        List<String> command = new ArrayList<>(script);
        command.addAll(List.of(bodies.toString(), Integer.toString(AT_ONCE)));
        contenders.add(
            new Importer(SDK, workshop, accounts, size, command, ImportChapter::requestsCounted));
      }
      Contest contest = Contest.run(workshop, contenders, workshop.settings().rounds());
      List<Row> rows = new ArrayList<>();
      rows.add(speed(contest, ROWS, RAW_ROWS, AS_FAST));
      rows.add(speed(contest, ROWS_16, RAW_ROWS_16, AS_FAST));
      if (script == null) {
        rows.add(Row.skipped("import speed against the SDK", sdk.why()));
      } else {
        rows.add(speed(contest, ROWS, SDK, Goal.atLeast(size >= LONG ? 5 : 4)));
      }
      rows.add(work(contest, ROWS, RAW_ROWS, LITTLE_MORE_WORK));
      rows.add(work(contest, ROWS_16, RAW_ROWS_16, LITTLE_MORE_WORK));
      contenders.forEach(contender -> rows.addAll(told(contest, contender.name(), Goal.NONE)));
      return rows;
    }
  }

  private static List<Row> byBatch(Workshop workshop) throws IOException, InterruptedException {
    int size = workshop.settings().batched();
    int runs = workshop.settings().rounds() + 1;
    Path csv = Senders.csv(workshop.directory().resolve("batched.csv"), size);
    Path bodies = Senders.batches(workshop.directory().resolve("batched.jsonl"), size);
    try (AccountsProcess accounts = AccountsProcess.start(workshop, 2 * runs, 2L * runs * size)) {
      Contest contest =
          Contest.run(
              workshop,
              List.of(
                  new Importer(
                      BATCH,
                      workshop,
                      accounts,
                      size,
                      sluice(workshop, csv, "batch"),
                      ImportChapter::requestsTold),
                  new Importer(
                      RAW_BATCH,
                      workshop,
                      accounts,
                      size,
                      raw(workshop, bodies, "/block_senders/batch", BATCHES_AT_ONCE),
                      ImportChapter::requestsCounted)),
              workshop.settings().rounds());
      List<Row> rows = new ArrayList<>();
      rows.add(speed(contest, BATCH, RAW_BATCH, Goal.NONE));
      rows.add(work(contest, BATCH, RAW_BATCH, Goal.NONE));
      rows.addAll(told(contest, BATCH, size >= LONG ? Goal.atLeast(80_000) : Goal.NONE));
      rows.addAll(told(contest, RAW_BATCH, Goal.NONE));
      return rows;
    }
  }

  private static Row requests(Workshop workshop) throws IOException, InterruptedException {
    Path csv = Senders.csv(workshop.directory().resolve("few.csv"), FEW_ROWS);
    try (AccountsProcess accounts = AccountsProcess.start(workshop, 1, FEW_ROWS)) {
      Sample sample =
          new Importer(
                  FEW,
                  workshop,
                  accounts,
                  FEW_ROWS,
                  sluice(workshop, csv, "batch"),
                  ImportChapter::requestsTold)
              .run();
      Spread spread = Spread.of(List.of((double) sample.requests()));
      return new Row(FEW, spread, "requests", "all of them counted", Goal.atMost(15));
    }
  }

  private static List<String> sluice(Workshop workshop, Path file, String strategy) {
    return sluice(workshop, file, strategy, AT_ONCE);
  }

  private static List<String> sluice(Workshop workshop, Path file, String strategy, int atOnce) {
    return workshop.imports(
        List.of(),
        file,
        "--strategy",
        strategy,
        "--concurrency",
        Integer.toString(atOnce),
        "--rate",
        Workshop.UNPACED);
  }

  private static List<String> raw(Workshop workshop, Path bodies, String path, int atOnce) {
    return workshop.program(
        List.of(), RawPosts.class, bodies.toString(), path, Integer.toString(atOnce));
  }

  private static long requestsTold(String summary) {
    return JSON.readTree(summary).path("requests").asLong(0);
  }

  private static long requestsCounted(String said) {
    return Long.parseLong(said.strip());
  }

  private static Row speed(Contest contest, String who, String reference, Goal goal) {
    return new Row(
        who + ": speed",
        contest.ratio(who, reference, sample -> sample.rows() / sample.seconds()),
        Row.TIMES,
        reference,
        goal);
  }

  private static Row work(Contest contest, String who, String reference, Goal goal) {
    return new Row(
        who + ": processor time",
        contest.ratio(who, reference, Sample::cpuSeconds),
        Row.TIMES,
        reference,
        goal);
  }

  private static List<Row> told(Contest contest, String who, Goal goal) {
    return List.of(
        told(contest, who, "rows/s", goal, sample -> sample.rows() / sample.seconds()),
        told(contest, who, "requests/s", Goal.NONE, sample -> sample.requests() / sample.seconds()),
        told(contest, who, "requests", Goal.NONE, Sample::requests),
        told(contest, who, "CPU s", Goal.NONE, Sample::cpuSeconds),
        told(contest, who, "MiB peak RSS", Goal.NONE, sample -> sample.peakBytes() / (1 << 20)));
  }

  private static Row told(
      Contest contest, String who, String unit, Goal goal, ToDoubleFunction<Sample> figure) {
    Spread rows = contest.of(who, Sample::rows);
    String how = String.format(Locale.ROOT, "%,.0f rows, all found there once", rows.median());
    return new Row(who, contest.of(who, figure), unit, how, goal);
  }
}
