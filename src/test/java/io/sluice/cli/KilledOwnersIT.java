package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two owners mirror one list and are killed in turns, while an analyst adds and removes by hand:
 * each owner's records end as its file says, and what was added by hand stays.
 */
@Tag("slow")
final class KilledOwnersIT {
  private static final String LIST = "block_senders";
  private static final int BEGINNING = 600;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(10)).start();
  private final Random random = new Random(KilledRuns.SEED);
  private final Set<String> byHand = new TreeSet<>();
  private int rounds;

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void eachOwnersRecordsEndAsItsFileSays() throws Exception {
    Map<String, List<String>> files = new TreeMap<>();
    for (int[] span : new int[][] {{0, 200, 150, 350}, {50, 220, 180, 300}}) {
      files.put("alice", patterns(span[0], span[1]));
      files.put("feed-x", patterns(span[2], span[3]));
      killedInTurns(files);
    }
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Ended last = process().run(command(file.getKey(), "last-" + file.getKey()));
      assertThat(last.exit()).describedAs(last.err() + last.out()).isZero();
    }

    Map<String, String> held = held();
    assertThat(held.entrySet().stream().filter(each -> each.getValue().equals("by hand")))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(byHand);
    files.forEach(
        (owner, patterns) -> {
          assertThat(held.keySet()).containsAll(patterns);
          assertThat(patterns)
              .containsAll(
                  held.entrySet().stream()
                      .filter(each -> each.getValue().contains("owner=" + owner))
                      .map(Map.Entry::getKey)
                      .toList());
        });
  }

  /** Each is killed, then the other one, and so on; at last each is resumed to its end. */
  private void killedInTurns(Map<String, List<String>> files) throws Exception {
    rounds++;
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Files.writeString(
          directory.resolve(file.getKey() + ".csv"),
          file.getValue().stream().collect(Collectors.joining("\n", "pattern\n", "\n")));
    }
    for (int turn = 0; turn < 3; turn++) {
      for (String owner : files.keySet()) {
        String results = owner + rounds;
        List<String> resume = new ArrayList<>(List.of(command(owner, results)));
        resume.add("--resume");
        new KilledRuns(process(), sandbox, directory.resolve(results), random, BEGINNING, 60)
            .kill(1, List.of(command(owner, results)), resume);
        byHand();
      }
    }
    for (String owner : files.keySet()) {
      String results = owner + rounds;
      List<String> command = new ArrayList<>(List.of(command(owner, results)));
      if (io.sluice.report.ResultsDirectory.holdsRun(directory.resolve(results))) {
        command.add("--resume");
      }
      Ended ended = process().run(command.toArray(new String[0]));
      assertThat(ended.exit()).describedAs(ended.err() + ended.out()).isIn(0, 3);
    }
  }

  private void byHand() {
    for (int i = 0; i < 4; i++) {
      String pattern = pattern(random.nextInt(400));
      if (!held().containsKey(pattern)) {
        byHand.add(pattern);
        sandbox.account().add(LIST, BlockedDomain.of(pattern).put("comments", "by hand"));
      }
      List<ObjectNode> records = sandbox.account().records(LIST);
      if (!records.isEmpty()) {
        ObjectNode record = records.get(random.nextInt(records.size()));
        byHand.remove(record.path("pattern").asString());
        sandbox.account().remove(LIST, record.path("id").asString());
      }
    }
  }

  private Map<String, String> held() {
    Map<String, String> held = new TreeMap<>();
    for (ObjectNode record : sandbox.account().records(LIST)) {
      String pattern = record.path("pattern").asString();
      assertThat(held.put(pattern, record.path("comments").asString("")))
          .describedAs(pattern)
          .isNull();
    }
    return held;
  }

  private static String[] command(String owner, String results) {
    return new String[] {
      "import",
      "-r",
      "block-senders",
      owner + ".csv",
      "--mode",
      "mirror",
      "--owner",
      owner,
      "--strategy",
      "rows",
      "--max-deletes",
      "100%",
      "--rate",
      "100000/1s",
      "--yes",
      "--results",
      results
    };
  }

  private static List<String> patterns(int from, int to) {
    return IntStream.range(from, to).mapToObj(KilledOwnersIT::pattern).toList();
  }

  private static String pattern(int number) {
    return "host" + number + ".example";
  }

  private SluiceProcess process() throws IOException {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick();
  }
}
