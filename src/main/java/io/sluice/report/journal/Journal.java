package io.sluice.report.journal;

import io.sluice.disk.PrivateFiles;
import io.sluice.report.Action;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The write side of {@code journal.ndjson}: what is about to be sent and what became of it, so that
 * a run that was killed at any moment can go on. Lines are only ever added. Every method may be
 * called from any thread, by hundreds at a time, and none blocks. Every {@code Mono} writes one
 * line for each subscription and nothing before; cancelling does not take the line back.
 *
 * <p>When the disk fails, everyone who waits and every later call gets that error; when another
 * process has opened the journal with a fencing number that is not lower, it is a {@link
 * FencedException}. In both cases nothing more must be sent.
 */
public final class Journal {
  private final Path path;
  private final long fence;
  private final JournalFile file;
  private final RowStates states;
  private final GroupCommit commit;

  private Journal(Path path, long fence, JournalFile file, RowStates states) {
    this.path = path;
    this.fence = fence;
    this.file = file;
    this.states = states;
    this.commit = new GroupCommit(file, Schedulers.boundedElastic());
  }

  /**
   * Begins a journal, in place of one whose header is not complete. Blocking; when it returns, the
   * header is on the disk.
   *
   * @throws FileAlreadyExistsException if there is a journal with a complete header
   */
  public static Journal begin(Path path, RunHeader header) throws IOException {
    if (JournalReader.header(path).isPresent()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    Files.deleteIfExists(path);
    JournalEntry entry = new JournalEntry.Header(header);
    Journal journal = open(path, entry, List.of(JournalWording.line(entry)), new RowStates());
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      PrivateFiles.sync(directory);
    }
    return journal;
  }

  /**
   * Goes on with a journal. Blocking; when it returns, every older process is fenced off, and
   * {@code past} has read all that they confirmed.
   *
   * @param past the journal as read so far; it is read to its end
   * @param fence not lower than any other in the journal
   * @param at now
   * @throws FencedException if the journal has been opened with a higher number
   */
  public static Journal resume(Path path, JournalReader past, long fence, Instant at)
      throws IOException {
    past.catchUp();
    if (fence < past.fence()) {
      throw new FencedException(path, fence, past.fence());
    }
    JournalEntry entry = new JournalEntry.Opening(fence, past.torn(), at);
    List<byte[]> lines = new ArrayList<>();
    if (past.torn() > 0) {
      lines.add(new byte[] {'\n'});
    }
    lines.add(JournalWording.line(entry));
    Journal journal = open(path, entry, lines, past.states());
    past.catchUp();
    if (fence < past.fence()) {
      throw new FencedException(path, fence, past.fence());
    }
    return journal;
  }

  private static Journal open(Path path, JournalEntry entry, List<byte[]> lines, RowStates states)
      throws IOException {
    JournalFile file = JournalFile.open(path, entry);
    try {
      file.append(lines);
      file.force();
      return new Journal(path, entry.fence(), file, states);
    } catch (IOException failed) {
      file.close();
      throw failed;
    }
  }

  /** Completes once it is on the disk that these rows are about to be sent. */
  public Mono<Void> intent(Action action, long... rows) {
    List<Long> all = LongStream.of(rows).boxed().toList();
    return Mono.defer(
        () -> force(new JournalEntry.Intent(fence, action, all, List.of(), List.of())));
  }

  /**
   * Completes once it is on the disk that the records of these ids, which no row names, are about
   * to be deleted.
   *
   * @param keys what people recognise the records by, in the same order
   */
  public Mono<Void> deleteIntent(List<String> ids, List<String> keys) {
    JournalEntry intent =
        new JournalEntry.Intent(
            fence, Action.DELETE, List.of(), List.copyOf(ids), List.copyOf(keys));
    return Mono.defer(() -> force(intent));
  }

  /**
   * Notes a result. Completes at once, or when the disk catches up; the line is on the disk with
   * the next intent, or when the journal is closed.
   */
  public Mono<Void> result(RowResult result) {
    return Mono.defer(
        () -> {
          JournalEntry entry = new JournalEntry.Result(fence, result);
          return commit.queue(JournalWording.line(entry), offset -> states.take(entry, offset));
        });
  }

  /**
   * The last result of each row, of this process and of those before it, once the journal is
   * closed. Read from the file only if somebody else wrote to it meanwhile. Blocking.
   */
  public ResultIndex results() throws IOException {
    if (file.alone()) {
      return new ResultIndex(path, states);
    }
    try (JournalReader reader = JournalReader.open(path)) {
      return reader.results();
    }
  }

  /**
   * Completes once everything is on the disk and the file is closed. Signals the error that the
   * journal failed with, if it did.
   */
  public Mono<Void> close() {
    return commit.close();
  }

  private Mono<Void> force(JournalEntry entry) {
    return commit.force(JournalWording.line(entry), offset -> states.take(entry, offset));
  }
}
