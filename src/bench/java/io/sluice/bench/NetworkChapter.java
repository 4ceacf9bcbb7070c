package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports and imports as a network lets them: over TLS 1.3, with HTTP/1.1 and HTTP/2, answers that
 * take their time, and of a hundred one that is lost or late; against raw loops that make as many
 * calls at once.
 */
final class NetworkChapter implements Chapter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SLUICE = "sluice";
  private static final String NIGHTLY = "sluice, nightly";
  private static final String RAW = "raw loop";
  private static final String AT_ONCE = "16";
  private static final List<String> PROTOCOLS = List.of("http/1.1", "h2");
  private static final Goal AS_FAST = Goal.atLeast(0.95);

  /** 5,000 rows at 40 ms a call, and as many as take as long at another latency. */
  private static final int ROWS_TIMES_MILLIS = 200_000;

  /** An export lasts two seconds, so that one late page decides a round: it takes more of them. */
  private static final int EXPORTS = 3;

  private final int latency;

  /**
   * @param latency how many milliseconds the server waits before each answer
   */
  NetworkChapter(int latency) {
    this.latency = latency;
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public List<Row> measure(Workshop workshop) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (String protocol : PROTOCOLS) {
      try {
        rows.addAll(measure(workshop, protocol));
      } catch (Contender.FailedRun failed) {
        rows.add(Row.failed(name() + ", " + protocol, String.valueOf(failed.getMessage())));
      }
    }
    return rows;
  }

  private List<Row> measure(Workshop workshop, String protocol)
      throws IOException, InterruptedException {
    int records = workshop.settings().rows() / 5;
    int creates = ROWS_TIMES_MILLIS / latency;
    int rounds = workshop.settings().rounds();
    Path directory = workshop.directory();
    Path csv = Senders.csv(directory.resolve("network.csv"), creates);
    Path bodies = Senders.bodies(directory.resolve("network.jsonl"), creates);
    List<String> server =
        workshop.program(
            List.of("-Xmx1g"),
            RemoteServer.class,
            directory.toString(),
            Integer.toString(latency),
            protocol,
            Integer.toString(records),
            Integer.toString(2 * (rounds + 1)));
    try (Child child = new Child(directory, "remote", server, Map.of())) {
      Remote remote = new Remote(workshop, JSON.readTree(child.firstLine()), records, creates);
      String how = ", " + latency + " ms a call, " + protocol;
      Contest exports =
          Contest.run(
              workshop,
              List.of(remote.sluiceExport(), remote.nightlyBackup(), remote.rawExport()),
              EXPORTS * rounds);
      Contest imports =
          Contest.run(
              workshop, List.of(remote.sluiceImport(csv), remote.rawImport(bodies)), rounds);
      return List.of(
          speed("export" + how, SLUICE, exports),
          speed("export beside the snapshot before it" + how, NIGHTLY, exports),
          work("export" + how, exports, 1.45),
          speed("creates by rows" + how, SLUICE, imports),
          work("creates by rows" + how, imports, 1.5));
    }
  }

  private static Row work(String figure, Contest contest, double most) {
    return new Row(
        figure + ": processor time",
        contest.ratio(SLUICE, RAW, Sample::cpuSeconds),
        Row.TIMES,
        RAW + ", " + AT_ONCE + " at once",
        Goal.atMost(most));
  }

  private static Row speed(String figure, String contender, Contest contest) {
    return new Row(
        figure,
        contest.ratio(contender, RAW, sample -> sample.rows() / sample.seconds()),
        Row.TIMES,
        RAW + ", " + AT_ONCE + " at once",
        AS_FAST);
  }

  /** A server over TLS; each import gets an account of its own. */
  private static final class Remote {
    private final Workshop workshop;
    private final JsonNode ready;
    private final int records;
    private final int creates;
    private int used;

    Remote(Workshop workshop, JsonNode ready, int records, int creates) {
      this.workshop = workshop;
      this.ready = ready;
      this.records = records;
      this.creates = creates;
    }

    Contender sluiceExport() {
      Path file = workshop.directory().resolve("network-export.jsonl");
      List<String> command = workshop.exports(file, "--json");
      return contender(SLUICE, sluice(command), file, 0, said -> number(said, "rows"), records);
    }

    /** The first run, which is not counted, finds no snapshot there. */
    Contender nightlyBackup() {
      Path root = workshop.directory().resolve("network-backups");
      List<String> command = workshop.backups(root, "--json");
      return contender(NIGHTLY, sluice(command), null, 0, said -> number(said, "rows"), records);
    }

    Contender rawExport() {
      Path file = workshop.directory().resolve("network-raw.jsonl");
      String pages = Integer.toString((records + Target.PAGE - 1) / Target.PAGE);
      List<String> command =
          workshop.program(List.of(), RawLoop.class, pages, file.toString(), AT_ONCE);
      return contender(RAW, command, file, 0, said -> records, records);
    }

    Contender sluiceImport(Path csv) {
      List<String> command =
          workshop.imports(List.of(), csv, "--strategy", "rows", "--rate", Workshop.UNPACED);
      return contender(
          SLUICE, sluice(command), workshop.results(), 1, said -> number(said, "created"), creates);
    }

    Contender rawImport(Path bodies) {
      List<String> command =
          workshop.program(List.of(), RawPosts.class, bodies.toString(), "/block_senders", AT_ONCE);
      return contender(
          RAW, command, workshop.results(), 1, said -> Long.parseLong(said.strip()), creates);
    }

    private List<String> sluice(List<String> command) {
      List<String> all = new ArrayList<>(command);
      all.addAll(
          List.of(
              "--concurrency",
              AT_ONCE,
              "--ca-file",
              RemoteServer.authority(workshop.directory()).toString()));
      return all;
    }

    private static long number(String said, String field) {
      JsonNode summary = JSON.readTree(said);
      return summary.path(field).asLong(summary.path("counts").path(field).asLong(0));
    }

    /**
     * Runs in the account that holds records, or each time in another one.
     *
     * @param written what is removed after each run; null if all of it stays
     */
    private Contender contender(
        String name,
        List<String> command,
        @Nullable Path written,
        int accounts,
        ToLongFunction<String> rows,
        long all) {
      return new Contender() {
        @Override
        public String name() {
          return name;
        }

        @Override
        public Sample run() throws IOException, InterruptedException {
          used += accounts;
          try {
            Child.Finished run =
                Child.run(
                    workshop.directory(),
                    "network",
                    command,
                    variables(accounts == 0 ? 0 : used),
                    workshop.settings().limit());
            if (run.exit() != 0 || rows.applyAsLong(run.said()) != all) {
              throw new FailedRun(name, run.exit() == 0 ? run.said() : run.failure());
            }
            boolean found = written != null && Files.exists(written);
            return Sample.of(run, all, found ? Files.size(written) : 0, 0);
          } finally {
            if (written != null) {
              Workshop.remove(written);
            }
          }
        }
      };
    }

    private Map<String, String> variables(int account) {
      Target target =
          new Target(
              ready.path("base_url").stringValue(),
              ready.path("accounts").path(account).stringValue(),
              ready.path("token").stringValue());
      Map<String, String> variables = new HashMap<>(target.variables());
      variables.put(RawClient.CA_FILE, RemoteServer.authority(workshop.directory()).toString());
      return variables;
    }
  }
}
