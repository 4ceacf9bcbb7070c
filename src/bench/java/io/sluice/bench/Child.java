package io.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process whose words go to files, which takes no longer than it may, and which ends with us. */
final class Child implements AutoCloseable {
  private static final int LONGEST_COMPLAINT = 300;
  private static final Duration READY = Duration.ofMinutes(2);

  private final Process process;
  private final Usage usage;
  private final Path out;
  private final Path err;
  private final Thread hook;
  private final long start;

  /**
   * Starts it.
   *
   * @param directory where it runs and where its words go
   * @param name what the files of its words are called
   * @param variables its environment besides what is inherited; no settings of Sluice are inherited
   */
  Child(Path directory, String name, List<String> command, Map<String, String> variables)
      throws IOException {
    out = directory.resolve(name + ".out");
    err = directory.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("CLOUDFLARE_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(variables);
    start = System.nanoTime();
    process = builder.start();
    usage = new Usage(process.pid());
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Runs a process to its end. One that takes too long is destroyed, and exits with -1. */
  static Finished run(
      Path directory,
      String name,
      List<String> command,
      Map<String, String> variables,
      Duration limit)
      throws IOException, InterruptedException {
    try (Child child = new Child(directory, name, command, variables)) {
      return child.await(limit);
    }
  }

  private Finished await(Duration limit) throws IOException, InterruptedException {
    boolean ended = false;
    while (!ended && System.nanoTime() - start < limit.toNanos()) {
      usage.look();
      ended = process.waitFor(Usage.EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Finished(
        ended ? process.exitValue() : -1,
        seconds,
        usage.cpuSeconds(),
        usage.peakBytes(),
        usage.ownBytes(),
        said(),
        complaint());
  }

  /** The first line that it writes to standard output, as soon as it is there. */
  String firstLine() throws IOException, InterruptedException {
    while (System.nanoTime() - start < READY.toNanos()) {
      String said = said();
      int end = said.indexOf('\n');
      if (end >= 0) {
        return said.substring(0, end);
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(20);
    }
    throw new IOException("it did not start: " + complaint());
  }

  /** What it has written to standard output. */
  String said() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** The end of what it has written to standard error. */
  String complaint() throws IOException {
    String text = Files.readString(err, StandardCharsets.UTF_8).strip().replace('\n', ' ');
    return text.substring(Math.max(0, text.length() - LONGEST_COMPLAINT));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /**
   * How a process went.
   *
   * @param exit its exit code, or -1 if it took too long
   * @param seconds wall clock from before its start until its end was seen
   * @param cpuSeconds processor time in user and kernel mode; NaN where that cannot be seen
   * @param peakBytes the most memory that was resident at a time; NaN where that cannot be seen
   * @param ownBytes the same without pages of files
   */
  record Finished(
      int exit,
      double seconds,
      double cpuSeconds,
      double peakBytes,
      double ownBytes,
      String said,
      String complaint) {
    String failure() {
      return exit == -1 ? "it took too long" : "exit " + exit + ": " + complaint;
    }
  }
}
