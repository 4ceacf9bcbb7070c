package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A process that writes the sandbox's whole listing to one file. */
final class Exporter implements Contender {
  private final String name;
  private final Workshop workshop;
  private final SandboxProcess sandbox;
  private final Function<Path, List<String>> command;
  private final Function<String, Tally> tally;

  /**
   * What a contender says that it did.
   *
   * @param rows how many records; all there are for one that does not look at them
   */
  record Tally(long rows, long requests) {}

  /**
   * @param command its command line, given the file to write
   * @param tally reads what it printed
   */
  Exporter(
      String name,
      Workshop workshop,
      SandboxProcess sandbox,
      Function<Path, List<String>> command,
      Function<String, Tally> tally) {
    this.name = name;
    this.workshop = workshop;
    this.sandbox = sandbox;
    this.command = command;
    this.tally = tally;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample run() throws IOException, InterruptedException {
    Path file = workshop.directory().resolve("export.jsonl");
    try {
      Child.Finished run =
          Child.run(
              workshop.directory(),
              "export",
              command.apply(file),
              sandbox.variables(),
              workshop.settings().limit());
      if (run.exit() != 0) {
        throw new FailedRun(name, run.failure());
      }
      Tally done = tally.apply(run.said());
      if (done.rows() != sandbox.rows()) {
        throw new FailedRun(name, "brought " + done.rows() + " of " + sandbox.rows() + " rows");
      }
      return Sample.of(run, done.rows(), Files.size(file), done.requests());
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
