package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** How much of a quota an import uses, and whether it ever asks for more. */
final class QuotaChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int QUOTA = 1_000;
  private static final int SECONDS = 20;
  private static final int WINDOWS = 4;

  /** The listing that the plan rests on is a call, too. */
  private static final int LISTING = 1;

  /** So many that the last window is only begun. */
  private static final int ROWS = (WINDOWS - 1) * QUOTA + 10;

  @Override
  public String name() {
    return "quota";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    String figure = String.format(Locale.ROOT, "quota of %,d in %d s", QUOTA, SECONDS);
    Path csv = Senders.csv(workshop.directory().resolve("paced.csv"), ROWS);
    try (AccountsProcess accounts = AccountsProcess.paced(workshop, ROWS, QUOTA, SECONDS)) {
      Sample sample =
          new Importer(
                  figure,
                  workshop,
                  accounts,
                  ROWS,
                  workshop.imports(
                      List.of(), csv, "--strategy", "rows", "--rate", QUOTA + "/" + SECONDS + "s"),
                  said -> JSON.readTree(said).path("requests").asLong(0))
              .run();
      double least = (WINDOWS - 1.0) * SECONDS;
      String how = String.format(Locale.ROOT, "%,d creates; start-up included", ROWS);
      List<Row> rows = new ArrayList<>();
      rows.add(
          new Row(
              figure + ": used",
              Spread.of(List.of(100 * least / sample.seconds())),
              "%",
              how,
              Goal.atLeast(95)));
      rows.add(
          new Row(
              figure + ": calls too many",
              Spread.of(List.of((double) sample.requests() - ROWS - LISTING)),
              "calls",
              "429s, and repetitions of any other kind",
              Goal.atMost(0)));
      return rows;
    } catch (Contender.FailedRun failed) {
      return List.of(Row.failed(figure, String.valueOf(failed.getMessage())));
    }
  }
}
