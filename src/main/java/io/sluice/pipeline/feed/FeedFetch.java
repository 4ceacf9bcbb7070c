package io.sluice.pipeline.feed;

import io.sluice.api.ApiAccount;
import io.sluice.api.transport.FeedAddress;
import io.sluice.api.transport.FeedAnswer;
import io.sluice.api.transport.FeedClient;
import io.sluice.api.transport.FeedException;
import io.sluice.api.transport.FeedMark;
import io.sluice.catalog.CommentTag;
import io.sluice.disk.PrivateFiles;
import io.sluice.disk.Sha256;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.plan.Expiry;
import io.sluice.report.ExitCode;
import io.sluice.report.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Fetches a feed for an import, unless it is as it was when it was imported last, for the same
 * purpose. A feed that ends its records in a number of days is imported all the same once half of
 * them have passed, so that records which it still names do not end.
 */
public final class FeedFetch {
  private static final int HEAD = 1024;

  private final FeedClient client;
  private final Clock clock;

  public FeedFetch(FeedClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * What is fetched, and for what.
   *
   * @param header a further header of the request; null for none
   */
  public record Request(
      FeedAddress address, @Nullable String header, ApiAccount account, ImportRequest rows) {
    /** Names the feed, the account and the list: each has a state of its own. */
    public String name() {
      return Sha256.hex(
          address.uri()
              + "\n"
              + account.baseUrl()
              + "\n"
              + account.id()
              + "\n"
              + rows.resource().name()
              + "\n"
              + rows.ownership().owner());
    }

    /** A digest of all that decides what an import makes of the feed. */
    String purpose() {
      return Sha256.hex(
          name() + "\n" + rows.rows() + "\n" + rows.skipInvalid() + rows.toolVersion());
    }
  }

  /** The outcome of it. */
  public sealed interface Result {
    /**
     * There is nothing to do.
     *
     * @param since when its import began
     */
    record Unchanged(Instant since) implements Result {}

    /**
     * It is in the file.
     *
     * @param state what is to be kept once it is imported
     * @param last what was kept of the last import; null if nothing was
     */
    record Fetched(FeedState state, @Nullable FeedState last) implements Result {}
  }

  /**
   * True if an import has brought the whole feed into effect, so that this version of it needs no
   * further import. Rows that were left to the owners of their records are tried again, since
   * Sluice does not learn when such a record is deleted or released.
   */
  static boolean isInEffect(ImportRequest request, Summary summary) {
    return summary.exit() == ExitCode.OK
        && !request.dryRun()
        && summary.rows() > 0
        && summary.heldBy() == 0;
  }

  /**
   * Keeps the version whose import has ended, if all of it is in effect; or else the last one, if
   * nothing was changed. Blocking.
   *
   * @param kept where the state of the last import is
   */
  public static void keep(Result.Fetched fetched, ImportRequest request, Summary summary, Path kept)
      throws IOException {
    FeedState last = fetched.last();
    if (isInEffect(request, summary)) {
      fetched.state().write(kept);
    } else if (summary.exit() == ExitCode.REFUSED && last != null && !request.dryRun()) {
      last.write(kept);
    }
  }

  /**
   * Fetches it. Errors with {@link FeedException} if it cannot be had, is empty or is a web page.
   *
   * @param kept where the state of the last import is
   * @param file where the feed goes; what is there is replaced
   */
  public Mono<Result> fetch(Request request, Path kept, Path file) {
    return Blocking.call(() -> known(request, kept))
        .flatMap(
            known ->
                Blocking.call(() -> emptied(file))
                    .flatMap(
                        target ->
                            client.fetch(
                                new FeedClient.Request(
                                    request.address(),
                                    request.header(),
                                    known.map(FeedState::mark).orElse(FeedMark.NONE)),
                                target))
                    .flatMap(answer -> Blocking.call(() -> result(request, known, answer, file)))
                    .flatMap(result -> Blocking.call(() -> begun(request, result, kept))));
  }

  private Optional<FeedState> known(Request request, Path kept) throws IOException {
    if (request.rows().dryRun()) {
      return Optional.empty();
    }
    return FeedState.read(kept)
        .filter(state -> state.purpose().equals(request.purpose()))
        .filter(state -> !mustRenew(request, state));
  }

  /**
   * Forgets the state of the last import before another begins. If that one ends before it has
   * brought all into effect, the account holds neither version, and a feed that has gone back to
   * the old one must be imported.
   */
  private static Result begun(Request request, Result result, Path kept) throws IOException {
    if (result instanceof Result.Fetched && !request.rows().dryRun()) {
      Files.deleteIfExists(kept);
    }
    return result;
  }

  private boolean mustRenew(Request request, FeedState state) {
    return Stream.of(Optional.ofNullable(request.rows().ownership().expires()), fixed(request))
        .flatMap(Optional::stream)
        .filter(expires -> expires.day() == null)
        .map(expires -> Duration.ofDays(expires.days()).dividedBy(2))
        .anyMatch(half -> !clock.instant().isBefore(state.importedAt().plus(half)));
  }

  /** The end that every row is given which does not give one. */
  private static Optional<Expiry> fixed(Request request) {
    String value = request.rows().rows().input().fixed().get(CommentTag.EXPIRES.path());
    try {
      return Optional.ofNullable(value).map(Expiry::parse);
    } catch (IllegalArgumentException invalid) {
      return Optional.empty(); // Its rows are invalid, and are never imported.
    }
  }

  private Result result(Request request, Optional<FeedState> known, FeedAnswer answer, Path file)
      throws IOException {
    if (!(answer instanceof FeedAnswer.Fetched fetched)) {
      return new Result.Unchanged(known.orElseThrow().importedAt());
    }
    requireFeed(request.address(), file);
    String sha256 = InputSource.file(file, file.resolveSibling("")).sha256();
    if (known.isPresent() && known.get().sha256().equals(sha256)) {
      return new Result.Unchanged(known.get().importedAt());
    }
    return new Result.Fetched(
        new FeedState(
            request.address().toString(),
            request.purpose(),
            fetched.mark(),
            sha256,
            clock.instant()),
        known.orElse(null));
  }

  /** Servers answer with a page of their own, and with nothing, in place of a list. */
  private static void requireFeed(FeedAddress address, Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    String text =
        new String(head, StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      throw FeedException.refused(
          "the feed " + address + " is empty", "nothing was changed: the last good state stays");
    } else if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      throw FeedException.refused(
          "the feed " + address + " has turned into a web page",
          "open the address in a browser: it may have moved, or ask for a sign-in");
    }
  }

  private static Path emptied(Path file) throws IOException {
    Files.deleteIfExists(file);
    PrivateFiles.create(file).close();
    return file;
  }
}
