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
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.report.ExitCode;
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

/** An input that is fetched from another server in the foreground. */
public final class FeedInput implements Closeable {
  private static final String FILE = "input";

  private final FeedFetch.Request request;
  private final ScratchDirectory scratch;
  private final Path kept;
  private FeedFetch.@Nullable Result result;

  private FeedInput(FeedFetch.Request request, ScratchDirectory scratch, Path kept) {
    this.request = request;
    this.scratch = scratch;
    this.kept = kept;
  }

  /** The input of an import from that address; nothing is fetched yet. */
  public static FeedInput of(
      FeedAddress address, ApiAccount account, ImportRequest rows, Environment environment)
      throws IOException {
    FeedFetch.Request request = new FeedFetch.Request(address, null, account, rows);
    Path kept = states(environment).resolve(request.name() + ".json");
    return new FeedInput(request, ScratchDirectory.temporary("feed"), kept);
  }

  /** Where the states of feeds are: {@code $XDG_STATE_HOME/sluice/feeds}. */
  private static Path states(Environment environment) {
    String state = environment.get("XDG_STATE_HOME");
    Path base = state != null ? Path.of(state) : Path.of(environment.home(), ".local", "state");
    return base.resolve("sluice").resolve("feeds");
  }

  /**
   * Fetches it.
   *
   * @return false if it is as it was when it was imported last
   */
  public boolean fetch(TransportOptions transport) {
    FeedFetch fetch = new FeedFetch(new FeedClient(transport), Clock.systemUTC());
    StopSignal stop = new StopSignal();
    result =
        Interrupts.await(
            stop.orStop(fetch.fetch(request, kept, scratch.directory().resolve(FILE))), stop);
    return !(result instanceof FeedFetch.Result.Unchanged);
  }

  /** Copies it to where a run has its input. */
  public InputSource source(Path directory) throws IOException {
    try (InputStream in = Files.newInputStream(scratch.directory().resolve(FILE))) {
      return InputSource.spooled(request.address().toString(), in, directory);
    }
  }

  /** Keeps its version once it is imported, so that it is not imported again as it is. */
  public void imported(Console console) {
    if (result instanceof FeedFetch.Result.Fetched fetched) {
      try {
        fetched.state().write(kept);
      } catch (IOException unwritable) {
        console.warn(
            "the version of the feed could not be kept in "
                + Printable.safe(kept.toString())
                + ", so that it is imported again the next time");
      }
    }
  }

  /** Says that there is nothing to do, and returns what the process ends with. */
  public int unchanged(Console console) {
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
