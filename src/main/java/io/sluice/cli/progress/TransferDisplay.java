package io.sluice.cli.progress;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.Printable;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.transfer.SnapshotImport;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how the parts of a run go on, each like an import of its own. */
public final class TransferDisplay implements Consumer<RunEvent> {
  /** The first phases of a part; the rows of a saved plan are not checked again. */
  private static final Set<RunEvent.Phase> PLANNING =
      Set.of(RunEvent.Phase.CHECKING, RunEvent.Phase.READING, RunEvent.Phase.PLANNING);

  private final Console console;
  private final Stage stage;
  private final PaceRemark pace = new PaceRemark();
  private final Map<Resource, ImportDisplay> parts = new LinkedHashMap<>();
  private final Map<Resource, PlannedChanges> changes = new LinkedHashMap<>();
  private final Set<Resource> begun = new HashSet<>();
  private RunEvent.@Nullable PlanSaved saved;

  public TransferDisplay(Console console, Iterable<SnapshotImport.Part> parts, Path results) {
    this.console = console;
    this.stage = new Stage(console);
    AtomicBoolean changing = new AtomicBoolean();
    Runnable beginning =
        () -> {
          if (changing.compareAndSet(false, true)) {
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
          new ImportDisplay(console, stage, name, part.request(), planned, beginning, pace));
    }
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.Progress now) {
      progress(now, event);
    } else if (event instanceof RunEvent.RowFinished row) {
      part(row.resource()).accept(event);
    } else if (event instanceof RunEvent.ChangePlanned change) {
      part(change.resource()).accept(event);
    } else if (event instanceof RunEvent.PlanMade made) {
      part(made.resource()).accept(event);
    } else if (event instanceof RunEvent.PlanLinted linted) {
      part(linted.resource()).accept(event);
    } else if (event instanceof RunEvent.FaultFound found) {
      part(found.resource()).accept(event);
    } else if (event instanceof RunEvent.PlanSaved kept) {
      saved = kept;
    } else {
      atWork().accept(event);
    }
  }

  private void progress(RunEvent.Progress now, RunEvent event) {
    if (now.phase() == RunEvent.Phase.SAVING) {
      stage.clear();
      console.note(now.phase().label());
      return;
    }
    if (PLANNING.contains(now.phase()) && begun.add(now.resource())) {
      begin(now.resource());
    }
    part(now.resource()).accept(event);
  }

  /** Names the part whose plan is made next. */
  private void begin(Resource resource) {
    stage.clear();
    String name = resource.slug();
    if (part(resource).rehearses() && !console.json()) {
      console.say(console.style("bold", name));
    } else {
      console.note(console.summaryToErr().style("bold", name));
    }
  }

  /** What would be changed of that kind. */
  public PlannedChanges changes(Resource resource) {
    return Objects.requireNonNull(changes.get(resource));
  }

  /** Where the plan was saved; null if it was not. */
  public synchronized RunEvent.@Nullable PlanSaved saved() {
    return saved;
  }

  /** How a part was shown. */
  ImportDisplay part(Resource resource) {
    return Objects.requireNonNull(parts.get(resource));
  }

  /** The part that shows what is of no part in particular. */
  private ImportDisplay atWork() {
    return parts.values().stream()
        .filter(ImportDisplay::atWork)
        .findFirst()
        .orElseGet(() -> parts.values().iterator().next());
  }

  public void close() {
    stage.clear();
  }
}
