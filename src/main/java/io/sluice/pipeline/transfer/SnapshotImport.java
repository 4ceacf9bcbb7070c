package io.sluice.pipeline.transfer;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation.Level;
import io.sluice.disk.DirectoryLock;
import io.sluice.disk.PrivateFiles;
import io.sluice.flow.Blocking;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.csv.Dialect;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRun;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.SafetySnapshot;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.plan.Mode;
import io.sluice.report.CombinedSummary;
import io.sluice.report.RunId;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes an account what a snapshot says: one import for each kind of record, hand in hand. What
 * protects comes first and what exempts from protection last; what is left over is deleted when all
 * else is done, exemptions first: mail is never less protected on the way than before or after.
 */
public final class SnapshotImport {
  private final AccountSession session;
  private final Consumer<RunEvent> events;
  private final Confirmation confirmation;
  private final StopSignal stop;
  private final Clock clock;
  private final @Nullable PlanTarget target;

  /**
   * One kind of record.
   *
   * @param input opens its rows
   * @param consistent false if the listing that they are of kept moving
   * @param saved its part of a saved plan, if one is carried out
   */
  public record Part(
      ImportRequest request,
      ResultsLocation.SourceOpener input,
      boolean consistent,
      SavedPlan.@Nullable Rows saved) {
    /**
     * One import for each of a snapshot's files. What an account held was legal there: what of it
     * another one takes is left to the API.
     *
     * @param accountId the account to write to
     * @param named whether the kinds of records were asked for by name: it is an error then that
     *     the account does not offer one, as it is if every kind is one that it may lack
     * @param options what is done with the rows
     * @param toolVersion the version that the results are marked with
     * @throws IllegalArgumentException if the options cannot be understood
     */
    public static List<Part> all(
        Snapshot snapshot,
        List<ResourceEntry> entries,
        String accountId,
        boolean named,
        ImportOptions options,
        String toolVersion,
        OptionNames names) {
      boolean dispensable =
          !named && !entries.stream().allMatch(entry -> Catalog.get(entry.resource()).byPackage());
      List<Part> parts = new ArrayList<>();
      for (ResourceEntry entry : entries) {
        InputOptions reading =
            entry.format().equals("csv")
                ? InputOptions.of(InputFormat.CSV).with(Dialect.SNAPSHOT)
                : InputOptions.of(InputFormat.JSONL);
        Resource resource = Catalog.get(entry.resource());
        CheckRequest rows =
            new CheckRequest(resource, reading, Level.OFF, options.chosenMode(names));
        ImportRequest request =
            options.request(
                rows, false, InputOrigin.of(snapshot, entry, accountId), toolVersion, names);
        Path file = snapshot.file(entry);
        parts.add(
            new Part(
                dispensable ? request.amongOthers() : request,
                (directory, again) -> InputSource.file(file, directory),
                entry.consistent(),
                null));
      }
      return parts;
    }

    /** The same without any change. */
    public Part rehearsed() {
      return new Part(request.rehearsed(), input, consistent, saved);
    }

    /**
     * One for each part of a saved plan.
     *
     * @param given what is asked for now; what it leaves out is as it was when the plan was made
     * @throws IllegalArgumentException if that cannot be understood
     */
    public static List<Part> all(
        SavedPlan plan, ImportOptions given, String toolVersion, OptionNames names) {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < plan.parts().size(); i++) {
        parts.add(
            new Part(
                plan.parts().get(i).request(given, toolVersion, names),
                (directory, again) -> InputSource.file(plan.path(), directory),
                true,
                plan.rows(i)));
      }
      return parts;
    }

    /** The same for records alone whose last day lies before that day. */
    public Part expiredBefore(LocalDate day) {
      return new Part(request.expiredBefore(day), input, consistent, saved);
    }
  }

  /**
   * How all of it ended.
   *
   * @param parts in the order in which they were carried out
   * @param safety the snapshot that was taken before the first delete, or null
   */
  public record Result(CombinedSummary summary, List<ImportResult> parts, @Nullable Path safety) {
    /**
     * Why not all of it was done, each cause with the kinds of records that it befell; that a part
     * was held back because of another one is none if there is any other.
     */
    public Map<Failure, List<String>> causes() {
      Map<Failure, List<String>> causes = new LinkedHashMap<>();
      for (ImportResult part : parts) {
        Failure failure = part.failure();
        if (failure != null) {
          causes.computeIfAbsent(failure, same -> new ArrayList<>()).add(part.summary().resource());
        }
      }
      if (!causes.keySet().stream().allMatch(ImportRun::follows)) {
        causes.keySet().removeIf(ImportRun::follows);
      }
      return causes;
    }

    /**
     * What is odd about the records, such as fields that are left out, each with its kind of
     * records; that there are none of a kind is not odd.
     */
    public List<String> warnings() {
      return parts.stream()
          .filter(part -> part.summary().rows() > 0)
          .flatMap(
              part ->
                  part.warnings().stream()
                      .map(text -> Catalog.get(part.summary().resource()).slug() + ": " + text))
          .toList();
    }
  }

  /**
   * An import into the session's account that has done nothing yet.
   *
   * @param target where the plan of a rehearsal is saved; null if it is not
   */
  public SnapshotImport(
      AccountSession session,
      Consumer<RunEvent> events,
      Confirmation confirmation,
      StopSignal stop,
      Clock clock,
      @Nullable PlanTarget target) {
    this.session = session;
    this.events = events;
    this.confirmation = confirmation;
    this.stop = stop;
    this.clock = clock;
    this.target = target;
  }

  /**
   * Runs. Results go into a directory for each kind of record below {@code results}.
   *
   * @param parts what to import, in any order
   * @param resume whether to go on with the run that began in {@code results}
   */
  public Mono<Result> run(RunId id, List<Part> parts, Path results, boolean resume) {
    Instant start = clock.instant();
    List<Part> ordered = inOrder(parts);
    SafetySnapshot.Place safety =
        new SafetySnapshot.Place(
            results.resolve(SafetySnapshot.DIRECTORY), events, Snapshot::directory);
    return Blocking.using(
        () -> locked(results),
        lock ->
            new ImportRun(session, confirmation, stop, clock, target)
                .run(
                    id, ordered.stream().map(part -> input(part, results, resume)).toList(), safety)
                .flatMap(
                    ended ->
                        Blocking.call(
                            () ->
                                new Result(
                                    summarized(id, start, ordered, results, ended.parts()),
                                    ended.parts(),
                                    directory(ended.safety())))),
        lock -> Blocking.run(lock::close));
  }

  private ImportRun.Part input(Part part, Path results, boolean resume) {
    Resource resource = part.request().resource();
    ResultsLocation place =
        new ResultsLocation(part.input(), results.resolve(resource.slug()), resume);
    return new ImportRun.Part(part.request(), place, events, part.saved());
  }

  private static @Nullable Path directory(@Nullable Snapshot safety) {
    return safety == null ? null : safety.directory();
  }

  /** Rows that delete go the other way round. */
  private static List<Part> inOrder(List<Part> parts) {
    List<Part> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparing(part -> part.request().resource().protection()));
    if (parts.stream().anyMatch(part -> part.request().mode() == Mode.DELETE)) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  private CombinedSummary summarized(
      RunId id, Instant start, List<Part> parts, Path results, List<ImportResult> ended)
      throws IOException {
    CombinedSummary summary =
        CombinedSummary.of(
            id.text(),
            parts.stream().allMatch(Part::consistent),
            start,
            clock.instant(),
            session.requests(),
            ended.stream().map(ImportResult::summary).toList());
    summary.write(results);
    return summary;
  }

  private static DirectoryLock locked(Path results) throws IOException {
    PrivateFiles.createDirectories(results);
    return DirectoryLock.take(results);
  }
}
