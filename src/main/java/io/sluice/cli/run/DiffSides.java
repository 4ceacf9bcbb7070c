package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.cli.text.Printable;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.format.InputFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The sides of a comparison as people name them, and the sessions of those that are live: one
 * credential has one quota.
 */
public final class DiffSides {
  private final Console console;
  private final PaceOptions connecting;
  private final List<Resource> named;
  private final Function<String, Connection> connections;
  private final TransportOptions transport;
  private final Duration maxOutage;
  private final StopSignal stop;
  private final Governors governors = new Governors(Schedulers.parallel());
  private final Set<Path> snapshots = new HashSet<>();
  private final List<AccountSession> sessions = new CopyOnWriteArrayList<>();

  /**
   * No side yet.
   *
   * @param console learns which snapshot is meant, where the name does not say it
   * @param named the resources of the command line
   * @param connecting how live accounts are reached
   */
  public DiffSides(
      Console console,
      List<Resource> named,
      PaceOptions connecting,
      @Nullable Path configFile,
      Environment environment,
      StopSignal stop) {
    this.console = console;
    this.connecting = connecting;
    this.named = named;
    this.connections =
        profile -> connecting.connection(profile, configFile, environment, console::warn);
    this.transport = connecting.transport(environment);
    this.maxOutage = connecting.maxOutage.get();
    this.stop = stop;
  }

  /**
   * Finds out what is meant: a live account, a snapshot, or a file. Nothing is sent yet.
   *
   * @param events gives who receives what happens on the way to the account of a profile
   * @throws UsageException if there is no such thing, or it cannot be told what a file holds
   */
  public Side of(String text, Function<String, Consumer<RunEvent>> events) throws IOException {
    String profile = Side.profile(text);
    if (profile != null) {
      return Side.account(text, open(profile, events.apply(profile)));
    }
    Path path = Path.of(text);
    if (Files.isDirectory(path) || SnapshotArgument.isLatest(path)) {
      return Side.snapshot(text, opened(path));
    } else if (!Files.isRegularFile(path)) {
      throw new UsageException(
          "there is no snapshot and no file '" + text + "'",
          "a live account is written profile:NAME");
    }
    return file(text, path);
  }

  /**
   * Checks that there is a live account if anything was said of how to reach one.
   *
   * @throws UsageException naming an option that has no effect
   */
  public void requireConnection(OutputOptions output) {
    List<String> given = output.withoutNotice(connecting.given());
    if (sessions.isEmpty() && !given.isEmpty()) {
      throw new UsageException(
          given.get(0) + " has no effect, since no live account is read",
          "leave it out, or name an account: profile:NAME");
    }
  }

  /** A comparison of a snapshot with itself finds nothing, whatever has changed since. */
  private Snapshot opened(Path path) throws IOException {
    Snapshot snapshot = SnapshotArgument.open(path, console::note);
    if (!snapshots.add(snapshot.directory().toRealPath())) {
      console.warn(
          "both sides are the same snapshot, " + Printable.safe("" + snapshot.directory()));
    }
    return snapshot;
  }

  private AccountSession open(String profile, Consumer<RunEvent> events) {
    try {
      AccountSession session =
          AccountSession.open(
              connections.apply(profile), transport, maxOutage, governors, events, stop);
      sessions.add(session);
      return session;
    } catch (IllegalArgumentException refused) {
      throw new UsageException(profile + ": " + refused.getMessage(), null);
    }
  }

  private Side file(String text, Path path) throws IOException {
    if (named.size() != 1) {
      throw new UsageException(
          "what are the rows of " + text + "? give one resource with -r", null);
    }
    Snapshot snapshot = Snapshot.around(path).orElse(null);
    if (snapshot != null) {
      return Side.snapshot(text, snapshot);
    }
    InputFormat format =
        InputFormat.ofFileName(text)
            .orElseThrow(
                () ->
                    new UsageException(
                        "the format of " + text + " is not clear from its name",
                        "it ends in .csv, .tsv, .jsonl, .ndjson, .json or .txt, and .gz if it is"
                            + " compressed"));
    return Side.file(text, InputSource.file(path, path)::open, format, named.get(0));
  }

  /** How many requests were sent. */
  long requests() {
    return sessions.stream().mapToLong(AccountSession::requests).sum();
  }

  /** Closes every connection. */
  Mono<Void> close() {
    return Flux.fromIterable(sessions).concatMap(AccountSession::close).then();
  }
}
