package io.sluice.pipeline.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Mode;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two owners that mirror one list, one after the other and at once, stopped at any row and resumed
 * or not, while an analyst adds and removes by hand: each owner's records end as its file says, and
 * what is not an owner's is never changed by its runs.
 */
final class OwnersPropertiesTest {
  private static final String LIST = "block_senders";
  private static final int PATTERNS = 14;

  @Property(tries = 8)
  void everyOwnerChangesItsOwnRecordsAlone(@ForAll long seed) throws IOException {
    Path directory = Files.createTempDirectory("owners");
    try (Sandbox sandbox = Sandbox.builder().start()) {
      new History(sandbox, directory, new Random(seed)).live(12);
    } finally {
      removeAll(directory);
    }
  }

  private static void removeAll(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One history, and what must hold after each of its steps. */
  private static final class History {
    private final Sandbox sandbox;
    private final Path directory;
    private final Random random;
    private final Map<String, Set<String>> files =
        new HashMap<>(Map.of("alice", Set.of(), "feed-x", Set.of()));
    private final Map<String, Path> stopped = new HashMap<>();
    private final Set<String> byHand = new TreeSet<>();
    private final List<String> told = new ArrayList<>();
    private int runs;

    History(Sandbox sandbox, Path directory, Random random) {
      this.sandbox = sandbox;
      this.directory = directory;
      this.random = random;
    }

    void live(int steps) throws IOException {
      for (int i = 0; i < steps; i++) {
        String owner = random.nextBoolean() ? "alice" : "feed-x";
        switch (random.nextInt(6)) {
          case 0 -> add();
          case 1 -> remove();
          case 2 -> atOnce();
          case 3 -> alone(owner, random.nextInt(8));
          default -> alone(owner, Integer.MAX_VALUE);
        }
        assertThat(untagged()).describedAs("%s", told).isEqualTo(byHand);
      }
      for (String owner : List.of("alice", "feed-x", "alice")) {
        mirror(fresh(), owner, file(owner), Integer.MAX_VALUE, false);
      }
      assertThat(untagged()).describedAs("%s", told).isEqualTo(byHand);
      Map<String, String> held = held();
      for (Map.Entry<String, Set<String>> file : files.entrySet()) {
        assertThat(held.keySet()).describedAs("%s", told).containsAll(file.getValue());
        assertThat(file.getValue())
            .describedAs("%s", told)
            .containsAll(
                held.entrySet().stream()
                    .filter(record -> record.getValue().contains("owner=" + file.getKey()))
                    .map(Map.Entry::getKey)
                    .toList());
      }
    }

    /** One owner alone: whatever is not its own stays as it is, ids included. */
    private void alone(String owner, int stopAfter) throws IOException {
      List<ObjectNode> before = others(owner);
      Path unfinished = stopped.remove(owner);
      if (unfinished != null && random.nextBoolean()) {
        mirror(unfinished, owner, file(owner), stopAfter, true);
      } else {
        files.put(owner, some());
        Path results = fresh();
        mirror(results, owner, file(owner), stopAfter, false);
        if (stopAfter < Integer.MAX_VALUE) {
          stopped.put(owner, results);
        }
      }
      assertThat(others(owner)).describedAs("%s", told).isEqualTo(before);
    }

    private void atOnce() throws IOException {
      stopped.clear();
      files.replaceAll((owner, before) -> some());
      Path one = fresh();
      Path other = fresh();
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(() -> quietly(other, "feed-x", file("feed-x")));
      quietly(one, "alice", file("alice"));
      second.join();
    }

    private Set<String> file(String owner) {
      return files.getOrDefault(owner, Set.of());
    }

    private void quietly(Path results, String owner, Set<String> file) {
      try {
        mirror(results, owner, file, Integer.MAX_VALUE, false);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    private void mirror(Path place, String owner, Set<String> file, int stopAfter, boolean resume)
        throws IOException {
      synchronized (told) {
        told.add((resume ? "resume " : "") + owner + " " + file + " stop " + stopAfter);
      }
      ImportRig rig =
          new ImportRig(sandbox, place)
              .owner(owner, null, null)
              .mode(Mode.MIRROR)
              .by(file.size() % 2 == 0 ? Strategy.ROWS : Strategy.BATCH)
              .concurrency(2)
              .maxDeletes("100%");
      AtomicInteger rows = new AtomicInteger();
      rig.onRow(
          row -> {
            if (rows.incrementAndGet() >= stopAfter) {
              rig.stop.stop();
            }
          });
      if (stopAfter == 0) {
        rig.stop.stop();
      }
      String text =
          file.stream().collect(Collectors.joining("\n", "pattern\n", file.isEmpty() ? "" : "\n"));
      try {
        (resume ? rig.resuming() : rig).csv(text);
      } catch (io.sluice.pipeline.StopSignal.StoppedException early) {
        assertThat(stopAfter).isLessThan(Integer.MAX_VALUE);
      }
    }

    private void add() {
      String pattern = pattern();
      if (!held().containsKey(pattern)) {
        told.add("add " + pattern);
        byHand.add(pattern);
        sandbox.account().add(LIST, BlockedDomain.of(pattern).put("comments", "by hand"));
      }
    }

    private void remove() {
      String pattern = pattern();
      told.add("remove " + pattern);
      byHand.remove(pattern);
      sandbox.account().records(LIST).stream()
          .filter(record -> record.path("pattern").asString().equals(pattern))
          .forEach(record -> sandbox.account().remove(LIST, record.path("id").asString()));
    }

    /** Never empty, since a mirror of nothing is refused. */
    private Set<String> some() {
      Set<String> some = new TreeSet<>();
      int count = 1 + random.nextInt(PATTERNS);
      for (int i = 0; i < count; i++) {
        some.add(pattern());
      }
      return some;
    }

    private String pattern() {
      return "p" + random.nextInt(PATTERNS) + ".example";
    }

    private Path fresh() throws IOException {
      return Files.createDirectories(directory.resolve("run" + runs++));
    }

    private Map<String, String> held() {
      Map<String, String> held = new TreeMap<>();
      for (ObjectNode record : sandbox.account().records(LIST)) {
        String pattern = record.path("pattern").asString();
        assertThat(held.put(pattern, record.path("comments").asString("")))
            .describedAs("%s twice: %s", pattern, told)
            .isNull();
      }
      return held;
    }

    private Set<String> untagged() {
      return held().entrySet().stream()
          .filter(record -> record.getValue().equals("by hand"))
          .map(Map.Entry::getKey)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<ObjectNode> others(String owner) {
      return sandbox.account().records(LIST).stream()
          .filter(record -> !record.path("comments").asString("").contains("owner=" + owner))
          .toList();
    }
  }
}
