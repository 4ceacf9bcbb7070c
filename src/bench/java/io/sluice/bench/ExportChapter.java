package io.sluice.bench;

import io.sluice.bench.Exporter.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports of a long listing: how fast, against a raw loop and what people use today. Where calls
 * take their time, as over a real network, only the speed is told, and no goal is set.
 */
final class ExportChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SLUICE = "sluice export";
  private static final String PLAIN = "sluice export, no digest";
  private static final String RAW = "raw loop";
  private static final String SEQUENTIAL = "sequential client";
  private static final String SDK = "TypeScript SDK";

  /** From so many rows on, the goals of long exports hold. */
  private static final int LONG = 2_000_000;

  private final int records;
  private final int latency;

  /**
   * @param latency how many milliseconds the server waits before each answer
   */
  ExportChapter(int records, int latency) {
    this.records = records;
    this.latency = latency;
  }

  @Override
  public String name() {
    return "export";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    SdkInstallation sdk = SdkInstallation.attempt(workshop, "list.mjs");
    try (SandboxProcess sandbox = SandboxProcess.start(workshop, records, latency)) {
      List<Contender> contenders = contenders(workshop, sandbox, sdk.script());
      Contest contest = Contest.run(workshop, contenders, workshop.settings().rounds());
      return latency == 0 ? rows(contest, contenders, sdk) : speeds(contest, sdk);
    } catch (Contender.FailedRun failed) {
      return List.of(Row.failed(name(), String.valueOf(failed.getMessage())));
    }
  }

  private List<Contender> contenders(
      Workshop workshop, SandboxProcess sandbox, @Nullable List<String> sdk) {
    String pages = Long.toString(sandbox.pages());
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        new Exporter(
            SLUICE,
            workshop,
            sandbox,
            file -> workshop.exports(file, "--json"),
            ExportChapter::summary));
    if (latency == 0) {
      // A digest is taken for the summary for scripts alone.
      contenders.add(
          new Exporter(
              PLAIN,
              workshop,
              sandbox,
              file -> workshop.exports(file, "--quiet"),
              said -> new Tally(sandbox.rows(), sandbox.pages())));
    }
    contenders.add(
        new Exporter(
            RAW,
            workshop,
            sandbox,
            file ->
                workshop.program(
                    List.of(), RawLoop.class, pages, file.toString(), latency == 0 ? "8" : "16"),
            said -> new Tally(sandbox.rows(), sandbox.pages())));
    contenders.add(
        new Exporter(
            SEQUENTIAL,
            workshop,
            sandbox,
            file -> workshop.program(List.of(), SequentialClient.class, file.toString()),
            said -> new Tally(Long.parseLong(said.strip()), sandbox.pages())));
    if (sdk != null) {
      contenders.add(
          new Exporter(
              SDK,
              workshop,
              sandbox,
              file -> {
                List<String> command = new ArrayList<>(sdk);
                command.add(file.toString());
                return command;
              },
              said -> new Tally(Long.parseLong(said.strip()), sandbox.pages())));
    }
    return contenders;
  }

  private static Tally summary(String said) {
    JsonNode summary = JSON.readTree(said);
    return new Tally(summary.path("rows").asLong(0), summary.path("requests").asLong(0));
  }

  private List<Row> rows(Contest contest, List<Contender> contenders, SdkInstallation sdk) {
    List<Row> rows = speeds(contest, sdk);
    rows.add(work(contest, SLUICE, RAW, 1.45));
    rows.add(work(contest, PLAIN, RAW, 1.1));
    if (sdk.script() != null) {
      rows.add(work(contest, SLUICE, SDK, 0.4));
    }
    for (Contender contender : contenders) {
      String who = contender.name();
      rows.add(told(contest, who, "rows/s", sample -> sample.rows() / sample.seconds()));
      rows.add(told(contest, who, "MB/s", sample -> sample.bytes() / sample.seconds() / 1e6));
      rows.add(told(contest, who, "requests/s", sample -> sample.requests() / sample.seconds()));
      rows.add(told(contest, who, "CPU s", Sample::cpuSeconds));
      rows.add(told(contest, who, "MiB peak RSS", sample -> sample.peakBytes() / (1 << 20)));
    }
    return rows;
  }

  private List<Row> speeds(Contest contest, SdkInstallation sdk) {
    boolean longer = records >= LONG;
    List<Row> rows = new ArrayList<>();
    rows.add(speed(contest, RAW, goal(longer ? 0.6 : 0.5)));
    rows.add(speed(contest, SEQUENTIAL, Goal.NONE));
    if (sdk.script() == null) {
      rows.add(Row.skipped(figure() + " against the SDK", sdk.why()));
    } else {
      rows.add(speed(contest, SDK, goal(longer ? 5.5 : 3.5)));
    }
    return rows;
  }

  private static Row work(Contest contest, String who, String reference, double most) {
    return new Row(
        who + ": processor time",
        contest.ratio(who, reference, Sample::cpuSeconds),
        Row.TIMES,
        reference,
        Goal.atMost(most));
  }

  private Row speed(Contest contest, String reference, Goal goal) {
    return new Row(
        figure(),
        contest.ratio(SLUICE, reference, sample -> sample.rows() / sample.seconds()),
        Row.TIMES,
        reference,
        goal);
  }

  private Goal goal(double least) {
    return latency == 0 ? Goal.atLeast(least) : Goal.NONE;
  }

  private String figure() {
    return latency == 0 ? "export speed" : "export speed, " + latency + " ms a call";
  }

  private static Row told(
      Contest contest,
      String contender,
      String unit,
      java.util.function.ToDoubleFunction<Sample> figure) {
    return new Row(contender, contest.of(contender, figure), unit, "", Goal.NONE);
  }
}
