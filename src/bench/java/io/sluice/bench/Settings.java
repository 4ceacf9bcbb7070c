package io.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param jar the jar under test
 * @param classes where the benchmark's own classes are
 * @param work a directory that is made and removed
 * @param scripts where the scripts are that are no Java
 * @param rows how many records an export reads
 * @param rounds how often each contender runs, after one round that is not counted
 * @param starts how often each start is measured
 * @param memoryRows the sizes of exports whose memory is measured
 * @param creates how many records an import makes row by row
 * @param batched how many records an import makes in batches
 * @param validated the sizes of the files whose checking is measured
 * @param growth the sizes that growth is measured at
 * @param chapters the chapters to run
 * @param limit how long any one process may take
 */
record Settings(
    Path jar,
    Path classes,
    Path work,
    Path scripts,
    int rows,
    int rounds,
    int starts,
    List<Integer> memoryRows,
    int creates,
    int batched,
    List<Integer> validated,
    List<Integer> growth,
    List<String> chapters,
    Duration limit) {

  /** What the properties {@code bench.…} say. */
  static Settings ofProperties() {
    Path target = Path.of(text("target", "target")).toAbsolutePath();
    return new Settings(
        target.resolve("sluice.jar"),
        target.resolve("bench-classes"),
        target.resolve("bench"),
        Path.of("src/bench/sdk").toAbsolutePath(),
        number("rows", "1000000"),
        number("rounds", "3"),
        number("starts", "10"),
        numbers("memory", "10000,100000,1000000"),
        number("creates", "20000"),
        number("batched", "100000"),
        numbers("validated", "10000,1000000,10000000"),
        numbers("growth", "10000,100000,1000000"),
        list("chapters", "export,import,quota,startup,memory,input-memory,insight,growth"),
        Duration.ofSeconds(number("limit", "300")));
  }

  private static int number(String name, String usual) {
    return Integer.parseInt(text(name, usual).replace("_", ""));
  }

  private static List<Integer> numbers(String name, String usual) {
    return list(name, usual).stream().map(Integer::valueOf).toList();
  }

  private static List<String> list(String name, String usual) {
    return List.of(text(name, usual).split(",", -1));
  }

  private static String text(String name, String usual) {
    return System.getProperty("bench." + name, usual).strip();
  }
}
