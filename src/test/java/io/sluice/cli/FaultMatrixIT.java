package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.fault.Fault;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong with calls, whatever is done: how it ends is told truly, nothing is made
 * twice, nothing is lost, and every row is told of once.
 *
 * <p>A cell says with which number a run ends and how much of it is done: all, some (the rest is
 * told of, and follows when the run is resumed) or none (the account is as it was). How often a
 * fault befalls which calls is said by {@link MatrixTrouble}.
 */
@Tag("slow")
final class FaultMatrixIT {
  private static final String TABLE =
      """
      fault                 | befalls     | export | rows   | batch  | migrate | service
      status 500            | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      status 503            | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      status 503 after      | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      status 503            | lists on    | 6 none | 6 none | 6 none | 6 none  | -
      status 503            | writes on   | -      | 6 some | 6 some | 6 some  | -
      status 400            | some writes | -      | 3 some | 0 all  | 0 all   | 3 some
      status 401            | some lists  | 5 none | 5 none | 5 none | 5 none  | 5 none
      status 401            | some writes | -      | 5 some | 5 some | 5 some  | 5 some
      html 502              | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      html 520              | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      html 520 after        | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      tooManyRequests       | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      tooManyRequests 1 s   | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      tooManyRequests date  | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      failure               | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      failure after         | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      wrongShape            | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      wrongShape after      | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      notJson               | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      notJson after         | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      reply nothing after   | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      redirect              | second list | 5 none | 5 none | 5 none | 5 none  | 5 none
      redirect              | some writes | -      | 5 some | 5 some | 5 some  | 5 some
      firewall              | second list | 5 none | 5 none | 5 none | 5 none  | 5 none
      firewall              | some writes | -      | 5 some | 5 some | 5 some  | 5 some
      emptyListIsNull       | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      reset                 | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      reset after           | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      silence               | few         | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      silence after         | few         | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      drip                  | few         | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      delay                 | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      truncated             | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      chunksCutOff          | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      halfJson              | some        | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      huge                  | second list | 1 none | 1 none | 1 none | 1 none  | 1 none
      huge                  | few writes  | -      | 0 all  | 0 all  | 0 all   | 0 all
      pretty                | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      total too low         | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      total too high        | always      | 8 all  | 4 none | 4 none | 4 none  | 4 none
      totalOffBy one        | second list | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      noTotal               | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      noResultInfo          | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      perPageAtMost 100     | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      extraFields           | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      numericIds            | always      | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      then the list shifts  | second list | 0 all  | 0 all  | 0 all  | 0 all   | 0 all
      """;

  /** Many of them mostly wait. */
  private static final int AT_ONCE = 24;

  @TempDir private static Path directory = Path.of("");

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
  private static final Map<MatrixCell, Future<Void>> RUNS = new LinkedHashMap<>();
  private static final List<AutoCloseable> OPEN = new ArrayList<>();

  @BeforeAll
  static void beginAll() throws Exception {
    MatrixStage stage = new MatrixStage(directory, cells());
    OPEN.add(stage);
    stage.prepare();
    cells().stream()
        .sorted(Comparator.comparing(cell -> !cell.befalls().startsWith("few")))
        .forEach(cell -> RUNS.put(cell, THREADS.submit(running(cell, stage))));
  }

  private static Callable<Void> running(MatrixCell cell, MatrixStage stage) {
    return () -> {
      cell.column().run(cell, stage);
      return null;
    };
  }

  @AfterAll
  static void stop() throws Exception {
    THREADS.shutdownNow();
    for (AutoCloseable one : OPEN) {
      one.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void endsAsItShould(MatrixCell cell) throws Exception {
    try {
      Objects.requireNonNull(RUNS.get(cell)).get(5, TimeUnit.MINUTES);
    } catch (ExecutionException failed) {
      throw new AssertionError(cell + ": " + failed.getCause(), failed.getCause());
    }
  }

  @Test
  void everyFaultHasItsRow() {
    Stream<String> faults =
        Arrays.stream(Fault.class.getDeclaredMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(method -> method.getName());
    List<String> rows = cells().stream().map(cell -> cell.fault().split(" ", 2)[0]).toList();
    assertThat(rows).containsAll(faults.toList());
  }

  private static List<MatrixCell> cells() {
    MatrixColumn[] columns = MatrixColumn.values();
    List<MatrixCell> cells = new ArrayList<>();
    for (String line : TABLE.lines().skip(1).toList()) {
      String[] row = line.split("\\|", -1);
      for (int i = 0; i < columns.length; i++) {
        String end = row[2 + i].strip();
        if (!end.equals("-")) {
          String fault = row[0].strip();
          cells.add(new MatrixCell(cells.size(), fault, row[1].strip(), columns[i], end));
        }
      }
    }
    return cells;
  }
}
