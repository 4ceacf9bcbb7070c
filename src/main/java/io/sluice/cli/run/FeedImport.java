package io.sluice.cli.run;

import io.sluice.api.ApiAccount;
import io.sluice.api.transport.FeedAddress;
import io.sluice.api.transport.FeedClient;
import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.Console;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.config.Environment;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.feed.FeedFetch;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.report.ExitCode;
import io.sluice.report.Summary;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An import of a feed: fetched from another server, and imported unless it is as it was. */
final class FeedImport implements Closeable {
  private static final String FILE = "input";

  private final Console console;
  private final ImportTask task;
  private final FeedFetch.Request request;
  private final ScratchDirectory scratch;
  private final Path kept;
  private FeedFetch.@Nullable Result result;

  private FeedImport(
      Console console,
      ImportTask task,
      FeedFetch.Request request,
      ScratchDirectory scratch,
      Path kept) {
    this.console = console;
    this.task = task;
    this.request = request;
    this.scratch = scratch;
    this.kept = kept;
  }

  /** An import into that account; nothing is fetched yet. */
  static FeedImport of(
      Console console,
      ImportTask task,
      FeedAddress address,
      ApiAccount account,
      Environment environment)
      throws IOException {
    FeedFetch.Request request = new FeedFetch.Request(address, null, account, task.request());
    Path kept = states(environment).resolve(request.name() + ".json");
    return new FeedImport(console, task, request, ScratchDirectory.temporary("feed"), kept);
  }

  /** Where the states of feeds are: {@code $XDG_STATE_HOME/sluice/feeds}. */
  private static Path states(Environment environment) {
    String state = environment.get("XDG_STATE_HOME");
    Path base = state != null ? Path.of(state) : Path.of(environment.home(), ".local", "state");
    return base.resolve("sluice").resolve("feeds");
  }

  /** Fetches and imports it, and returns what the process ends with. */
  int run(ImportJob job, TransportOptions transport) {
    // A run that goes on does so with what it fetched.
    boolean fetchedBefore = task.place().resume() && InputSource.isSpooled(task.place().results());
    if (!fetchedBefore && !fetch(transport)) {
      return unchanged();
    }
    ImportSummary summary = job.run(task.with(this::open));
    ended(summary.result().summary());
    return summary.exit();
  }

  /** Fetches it; false if it is as it was when it was imported last. */
  private boolean fetch(TransportOptions transport) {
    FeedFetch fetch = new FeedFetch(new FeedClient(transport), Clock.systemUTC());
    StopSignal stop = new StopSignal();
    result =
        Interrupts.await(
            stop.orStop(fetch.fetch(request, kept, scratch.directory().resolve(FILE))), stop);
    return !(result instanceof FeedFetch.Result.Unchanged);
  }

  private InputSource open(Path directory, boolean again) throws IOException {
    String address = request.address().toString();
    if (task.place().resume() && InputSource.isSpooled(directory)) {
      return InputSource.spooledBefore(address, directory);
    }
    try (InputStream in = Files.newInputStream(scratch.directory().resolve(FILE))) {
      return InputSource.spooled(address, in, directory);
    }
  }

  /** Keeps its version, so that it is not imported again as it is. */
  private void ended(Summary summary) {
    if (result instanceof FeedFetch.Result.Fetched fetched) {
      try {
        FeedFetch.keep(fetched, task.request(), summary, kept);
      } catch (IOException unwritable) {
        console.warn(
            "the version of the feed could not be kept in "
                + Printable.safe(kept.toString())
                + ", so that it is imported again the next time");
      }
    }
  }

  private int unchanged() {
    FeedFetch.Result.Unchanged same = (FeedFetch.Result.Unchanged) Objects.requireNonNull(result);
    if (console.json()) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      root.put("command", "import");
      root.put("exit", ExitCode.OK.number());
      root.put("outcome", "unchanged");
      root.putObject("feed")
          .put("address", request.address().toString())
          .put("since", same.since().toString());
      console.result(root);
    } else {
      console.detail(
          "unchanged: the feed is as it was imported at "
              + same.since().truncatedTo(ChronoUnit.SECONDS)
              + "; nothing was sent");
    }
    return ExitCode.OK.number();
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
