package io.sluice.cli.progress;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.Printable;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.imports.ImportListener;
import io.sluice.pipeline.transfer.SnapshotImport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how the parts of a run go on, each like an import of its own. */
public final class TransferDisplay implements SnapshotImport.Listener, CircuitBreaker.Listener {
  private final Console console;
  private final Stage stage;
  private final Map<Resource, ImportDisplay> parts = new LinkedHashMap<>();
  private final Map<Resource, PlannedChanges> changes = new LinkedHashMap<>();

  public TransferDisplay(
      Console console,
      Iterable<SnapshotImport.Part> parts,
      Path results,
      Supplier<@Nullable AccountSession> session) {
    this.console = console;
    this.stage = new Stage(console);
    AtomicBoolean begun = new AtomicBoolean();
    Runnable beginning =
        () -> {
          if (begun.compareAndSet(false, true)) {
            console.note("results: " + Printable.safe(results.toString()));
          }
        };
    for (SnapshotImport.Part part : parts) {
      Resource resource = part.request().resource();
      PlannedChanges planned = new PlannedChanges(console, part.request().dryRun());
      changes.put(resource, planned);
      String name = resource.slug() + ": ";
      this.parts.put(
          resource,
          new ImportDisplay(console, stage, name, part.request(), planned, beginning, session));
    }
  }

  /** Shows that a part begins, and is told how it goes on. */
  @Override
  public ImportListener of(Resource resource) {
    stage.clear();
    String name = resource.slug();
    if (part(resource).rehearses() && !console.json()) {
      console.say(console.style("bold", name));
    } else {
      console.note(console.summaryToErr().style("bold", name));
    }
    return part(resource);
  }

  @Override
  public void saving() {
    stage.clear();
    console.note("saving what is there");
  }

  @Override
  public void saved(Path snapshot) {
    console.note("saved what is there in " + Printable.safe(snapshot.toString()));
  }

  /** What would be changed of that kind. */
  public PlannedChanges changes(Resource resource) {
    return Objects.requireNonNull(changes.get(resource));
  }

  /** How a part was shown. */
  ImportDisplay part(Resource resource) {
    return Objects.requireNonNull(parts.get(resource));
  }

  @Override
  public void began(Throwable cause) {
    one(part -> part.began(cause));
  }

  @Override
  public void ended(Duration lasted) {
    one(part -> part.ended(lasted));
  }

  /** The part that is at work tells it. */
  private void one(Consumer<ImportDisplay> told) {
    parts.values().stream()
        .filter(ImportDisplay::atWork)
        .findFirst()
        .or(() -> parts.values().stream().findFirst())
        .ifPresent(told);
  }

  /** The API has something to say beside its answers. */
  public void apiSays(String message) {
    stage.aside(() -> console.apiSays(message));
  }

  public void close() {
    stage.clear();
  }
}
