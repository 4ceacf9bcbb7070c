package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the chapters that were asked for and prints one table. */
public final class Bench {
  private Bench() {}

  /** Exits with 1 if a contender failed; the table is printed even then. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings = Settings.ofProperties();
    List<Row> rows = new ArrayList<>();
    String machine = Machine.describe();
    try (Workshop workshop = Workshop.open(settings)) {
      for (Chapter chapter : chapters(settings)) {
        if (settings.chapters().contains(chapter.name())) {
          workshop.say(chapter.name());
          rows.addAll(chapter.measure(workshop));
        }
      }
    }
    System.out.println(Table.of(machine, settings, rows));
    System.exit(rows.stream().anyMatch(Row::failed) ? 1 : 0);
  }

  private static List<Chapter> chapters(Settings settings) {
    return List.of(
        new ExportChapter(settings.rows(), 0),
        new ExportChapter(settings.rows() / 5, 40),
        new NetworkChapter(40),
        new NetworkChapter(150),
        new ImportChapter(),
        new QuotaChapter(),
        new StartupChapter(),
        new MemoryChapter("64m"),
        new InputMemoryChapter(),
        new InsightChapter(),
        new GrowthChapter());
  }
}
