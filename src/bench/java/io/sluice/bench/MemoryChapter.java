package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a small heap does for exports of any size, and what they take in all. */
final class MemoryChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int RUNS = 3;

  private final String heap;

  /**
   * @param heap what the exports get, as Java's {@code -Xmx} takes it
   */
  MemoryChapter(String heap) {
    this.heap = "-Xmx" + heap;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (int size : workshop.settings().memoryRows()) {
      String figure = String.format(Locale.ROOT, "export of %,d rows, %s", size, heap);
      try (SandboxProcess sandbox = SandboxProcess.start(workshop, size)) {
        List<Double> peaks = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
          peaks.add(peakOfOne(workshop, sandbox) / (1 << 20));
          workshop.say(String.format(Locale.ROOT, "  %s: %.0f MiB", figure, peaks.get(run)));
        }
        String how = String.format(Locale.ROOT, "%,d rows verified, each time", sandbox.rows());
        rows.add(new Row(figure, Spread.of(peaks), "MiB peak RSS", how, Goal.NONE));
      } catch (Contender.FailedRun failed) {
        rows.add(Row.failed(figure, String.valueOf(failed.getMessage())));
      }
    }
    return rows;
  }

  private double peakOfOne(Workshop workshop, SandboxProcess sandbox)
      throws IOException, InterruptedException {
    Path root = workshop.directory().resolve("snapshots");
    try {
      Child.Finished export =
          Child.run(
              workshop.directory(),
              "export",
              workshop.sluice(
                  List.of(heap),
                  "export",
                  "-r",
                  "block-senders",
                  "--to",
                  root.toString(),
                  "--json",
                  "--rate",
                  "1000000/1s"),
              sandbox.variables(),
              workshop.settings().limit());
      if (export.exit() != 0) {
        throw new Contender.FailedRun("export", export.failure());
      }
      verify(workshop, root, sandbox.rows());
      return export.peakBytes();
    } finally {
      Workshop.remove(root);
    }
  }

  private void verify(Workshop workshop, Path root, long rows)
      throws IOException, InterruptedException {
    Path snapshot;
    try (Stream<Path> entries = Files.list(root)) {
      snapshot = entries.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    Child.Finished check =
        Child.run(
            workshop.directory(),
            "verify",
            workshop.sluice(List.of(heap), "verify", "--json", snapshot.toString()),
            Map.of(),
            workshop.settings().limit());
    if (check.exit() != 0) {
      throw new Contender.FailedRun("verify", check.failure());
    }
    JsonNode file = JSON.readTree(check.said()).path("files").path(0);
    if (file.path("rows").asLong(0) != rows) {
      throw new Contender.FailedRun("verify", "found " + file.path("rows") + " of " + rows);
    }
  }
}
