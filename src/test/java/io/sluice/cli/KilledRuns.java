package io.sluice.cli;

import io.sluice.report.ResultsDirectory;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Starts an import, or several that belong together, again and again and kills it each time, at a
 * random moment of a phase, each phase in its turn; each start goes on with the run of the one
 * before.
 */
final class KilledRuns {
  /** What all random moments follow from; {@code -Dkill.seed=N} tries others. */
  static final long SEED = Long.getLong("kill.seed", 20261122);

  /** Which part of its work a process is at when it is killed. */
  enum Phase {
    BEGINNING,
    LISTING,
    APPLYING,
    REPORTING
  }

  private static final int MOST_STARTS_PER_KILL = 3;

  private final SluiceProcess sluice;
  private final Sandbox sandbox;
  private final Path results;
  private final Random random;
  private final int beginningMillis;
  private final int writesBetweenKills;
  private final int firstPhase;
  private final Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
  private final List<String> log = new ArrayList<>();

  /**
   * @param beginningMillis how long a process takes until its first call
   * @param writesBetweenKills at most so many writes arrive before a kill while applying
   */
  KilledRuns(
      SluiceProcess sluice,
      Sandbox sandbox,
      Path results,
      Random random,
      int beginningMillis,
      int writesBetweenKills) {
    this.sluice = sluice;
    this.sandbox = sandbox;
    this.results = results;
    this.random = random;
    this.beginningMillis = beginningMillis;
    this.writesBetweenKills = writesBetweenKills;
    this.firstPhase = 1 - random.nextInt(2);
  }

  /** Kills that many; the last third once all is applied, if it comes to that. */
  void kill(int wanted, List<String> begin, List<String> resume) throws Exception {
    int done = 0;
    for (int start = 0; done < wanted && start < wanted * MOST_STARTS_PER_KILL; start++) {
      Phase phase = phase(start, done, wanted);
      // A process that was killed before it left a trace left nothing to go on with.
      List<String> command = ResultsDirectory.holdsRun(results) ? resume : begin;
      Process process = sluice.start(command.toArray(new String[0]));
      int millis = awaitMoment(phase, process);
      boolean alive = process.isAlive();
      process.destroyForcibly().waitFor();
      log.add(phase + "+" + millis + "ms" + (alive ? "" : " (had ended)"));
      if (alive) {
        kills.merge(phase, 1, Integer::sum);
        done++;
      }
    }
  }

  private Phase phase(int start, int done, int wanted) {
    if (start % 3 == 0) {
      return Phase.values()[(firstPhase + start / 3) % 2];
    }
    return done * 3 >= wanted * 2 ? Phase.REPORTING : Phase.APPLYING;
  }

  /** Waits for the phase, and a little longer; returns how much. */
  private int awaitMoment(Phase phase, Process process) throws Exception {
    long calls = sandbox.requestLog().total();
    long writes = sandbox.requestLog().writes();
    long report = reportedAt();
    switch (phase) {
      case BEGINNING -> {}
      case LISTING -> await(process, () -> sandbox.requestLog().total() > calls);
      case APPLYING -> {
        long more = random.nextInt(writesBetweenKills);
        await(process, () -> sandbox.requestLog().writes() > writes + more);
      }
      case REPORTING -> await(process, () -> reporting() || reportedAt() != report);
    }
    int millis = random.nextInt(phase == Phase.BEGINNING ? beginningMillis : 60);
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    return millis;
  }

  private boolean reporting() {
    return places().stream().anyMatch(place -> Files.exists(place.resolve(".report.csv.partial")));
  }

  private long reportedAt() {
    return places().stream().mapToLong(KilledRuns::reportedAt).max().orElse(0);
  }

  private static long reportedAt(Path place) {
    try {
      return Files.getLastModifiedTime(place.resolve("report.csv")).toMillis();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** The results directory, and below it those of the parts of a run. */
  private List<Path> places() {
    try (Stream<Path> within = Files.walk(results, 1)) {
      return within.toList();
    } catch (IOException | UncheckedIOException notYet) {
      return List.of();
    }
  }

  /** Waits for the moment, but not longer than the process runs, or a minute. */
  static void await(Process process, BooleanSupplier moment) throws Exception {
    for (int polls = 0; !moment.getAsBoolean(); polls++) {
      if (polls > 60_000 || process.waitFor(1, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /**
   * How many milliseconds a process takes from now until its first call, so that kills fall on all
   * of that time; then it is killed.
   */
  static int untilFirstCall(Process process, Sandbox sandbox) throws Exception {
    long start = System.nanoTime();
    long calls = sandbox.requestLog().total();
    await(process, () -> sandbox.requestLog().total() > calls);
    process.destroyForcibly().waitFor();
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  /** How many processes were killed in each phase. */
  Map<Phase, Integer> kills() {
    return kills;
  }

  @Override
  public String toString() {
    return String.join(", ", log);
  }
}
