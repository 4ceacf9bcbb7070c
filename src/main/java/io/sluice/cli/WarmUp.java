package io.sluice.cli;

import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Does a little of everything that commands usually do, against a sandbox of its own. {@code
 * bin/sluice} has it done once, aside, to learn which classes its archive is to hold; what is left
 * out here works all the same, only from a colder start.
 */
public final class WarmUp {
  private static final int ROWS = 60;

  private final Path directory;
  private final Sandbox sandbox;
  private int runs;

  private WarmUp(Path directory, Sandbox sandbox) {
    this.directory = directory;
    this.sandbox = sandbox;
  }

  /** Leaves what it writes in the directory that the first argument names. */
  public static void main(String[] args) throws IOException {
    Main.prepare();
    Path directory = Path.of(args[0]);
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      new WarmUp(directory, sandbox).run();
    }
    System.exit(0);
  }

  private void run() throws IOException {
    Version.current();
    Path token = Files.writeString(directory.resolve("token"), sandbox.token());
    Path list = rows("rows.csv", "pattern", 0);
    Path others = rows("others.csv", "pattern", ROWS);
    Path backups = directory.resolve("backups");
    String page = directory.resolve("page.jsonl").toString();
    CommandLines.run("--help");
    CommandLines.run("import", "--help");
    CommandLines.run("resources");
    CommandLines.run("validate", "-r", "block-senders", list.toString());
    calling(token, "export", "-r", "block-senders", "--out", page);
    calling(token, "export", "-r", "domains", "--out", page, "--format", "csv", "--gzip");
    calling(token, "export", "--to", backups.toString(), "--keep", "3");
    calling(token, "export", "--to", backups.toString(), "--json");
    importing(token, list, "--dry-run");
    importing(token, list);
    importing(token, others, "--strategy", "rows", "--json");
    String snapshot = snapshot(backups);
    CommandLines.run("verify", snapshot);
    calling(token, "restore", snapshot, "--dry-run", "--results", results());
    secured(token, page);
  }

  private void importing(Path token, Path file, String... options) {
    List<String> usual =
        List.of("import", "-r", "block-senders", file.toString(), "--results", results());
    calling(token, Stream.concat(usual.stream(), Stream.of(options)).toArray(String[]::new));
  }

  private void calling(Path token, String... command) {
    call(sandbox.baseUrl(), token, command);
  }

  /** Fails, but not before the first steps of a handshake. */
  private void secured(Path token, String page) {
    String address = sandbox.baseUrl().replaceFirst("^http:", "https:");
    call(address, token, "export", "-r", "domains", "--out", page, "--max-outage", "1s");
  }

  private void call(String address, Path token, String... command) {
    List<String> account =
        List.of(
            "--base-url",
            address,
            "--account",
            sandbox.account().id(),
            "--token-file",
            token.toString());
    CommandLines.run(Stream.concat(Stream.of(command), account.stream()).toArray(String[]::new));
  }

  private Path rows(String name, String header, int first) throws IOException {
    Stream<String> patterns =
        IntStream.range(first, first + ROWS).mapToObj(i -> "warm" + i + ".example");
    return Files.write(
        directory.resolve(name), Stream.concat(Stream.of(header), patterns).toList());
  }

  private String results() {
    runs++;
    return directory.resolve("results-" + runs).toString();
  }

  private static String snapshot(Path backups) throws IOException {
    try (Stream<Path> found = Files.list(backups)) {
      return found
          .filter(Files::isDirectory)
          .map(Path::toString)
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }
}
