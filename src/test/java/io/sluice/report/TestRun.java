package io.sluice.report;

import io.sluice.report.journal.Journal;
import io.sluice.report.journal.RunHeader;
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
public final class TestRun implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-21T02:00:00.000000001Z");
  private static final Duration SOON = Duration.ofSeconds(30);

  final Path directory;
  public final Path path;

  public TestRun() {
    try {
      directory = Files.createTempDirectory("sluice-report-");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    path = directory.resolve("journal.ndjson");
  }

  public static RunHeader header(long rows) {
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

  public static RowResult result(long row, Outcome outcome) {
    return RowResult.uncalled(row, row + 1, outcome, Action.CREATE, "id-" + row, "key-" + row);
  }

  public Journal begin() throws IOException {
    return Journal.begin(path, header(1000));
  }

  public static void await(Mono<?> mono) {
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
