package io.sluice.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** A directory with a journal, and the values that tests put into it. */
final class TestRun implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-21T02:00:00.000000001Z");
  private static final Duration SOON = Duration.ofSeconds(30);

  final Path directory;
  final Path path;

  TestRun() {
    try {
      directory = Files.createTempDirectory("sluice-report-");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    path = directory.resolve("journal.ndjson");
  }

  static RunHeader header(long rows) {
    return new RunHeader(
        RunHeader.FORMAT_VERSION,
        "2026-11-21T020000Z-00abcd",
        "0.1.0",
        START,
        "023e105f",
        "http://127.0.0.1:1/",
        "block-senders",
        "upsert",
        "senders \"ö\".csv",
        "00ff",
        rows,
        Map.of("strategy", "auto", "set", "comments=ü"),
        1);
  }

  static RowResult result(long row, Outcome outcome) {
    return RowResult.uncalled(row, row + 1, outcome, Action.CREATE, "id-" + row, "key-" + row);
  }

  Journal begin() throws IOException {
    return Journal.begin(path, header(1000));
  }

  static void await(Mono<?> mono) {
    mono.block(SOON);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }
}
