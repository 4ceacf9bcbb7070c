package io.sluice.server.preview;

import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.format.InputException;
import io.sluice.format.InputFormat;
import io.sluice.format.OptionNames;
import io.sluice.format.csv.CsvOutline;
import io.sluice.job.files.Upload;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.InputCheck;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.plan.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The preview of an upload: its columns, its first rows as they are understood, and everything that
 * is wrong with any row. For one use.
 */
public final class Preview {
  /** How many rows are shown. */
  static final int ROWS = 20;

  /** How much of a file is looked at, decompressed: about a million rows. */
  private static final long MOST = 64L << 20;

  private static final String BEGINNING_ONLY =
      "the file is large: these are the rows of its first 64 MiB, decompressed; the import checks all"
          + " of them";

  private final JobEnvironment environment;
  private final Upload upload;
  private final CheckRequest request;
  private final PreviewCauses causes = new PreviewCauses();
  private final PreviewRewritings rewritings = new PreviewRewritings();
  private final StopSignal stop = new StopSignal();
  private volatile boolean complete = true;

  Preview(JobEnvironment environment, Upload upload, Resource resource, Reading reading) {
    this.environment = environment;
    this.upload = upload;
    this.request = reading.request(resource, upload.name(), Mode.UPSERT, OptionNames.API);
  }

  /**
   * Reads all of it. A header whose columns are not all understood is a finding; a file without one
   * is an {@link InputException}. Cancelling stops the reading.
   */
  Mono<ObjectNode> make() {
    return Blocking.using(
            () -> ScratchDirectory.in(environment.files().root(), "preview"),
            this::in,
            place -> Blocking.run(place::close))
        .doOnCancel(stop::stop);
  }

  private Mono<ObjectNode> in(ScratchDirectory place) {
    return Blocking.call(this::outline)
        .flatMap(
            outline ->
                checked(place.directory(), outline)
                    .onErrorResume(
                        InputException.class,
                        error ->
                            outline.isPresent()
                                ? Mono.just(unread(outline.get(), error))
                                : Mono.error(error)));
  }

  private Path file() {
    return environment.files().upload(upload.id());
  }

  private Path beginning(Path scratch) throws IOException {
    Path beginning = PreviewBeginning.of(file(), scratch, request.input(), MOST);
    complete = beginning.equals(file());
    return beginning;
  }

  private Optional<CsvOutline> outline() throws IOException {
    return request.input().format() == InputFormat.CSV
        ? Optional.of(
            CsvOutline.read(request.resource(), request.input(), Files.newInputStream(file())))
        : Optional.empty();
  }

  private Mono<ObjectNode> checked(Path scratch, Optional<CsvOutline> outline) {
    return Mono.fromCallable(() -> InputSource.file(beginning(scratch), scratch))
        .flatMap(
            source ->
                Blocking.call(() -> new InputCheck(source, request, scratch, stop).run(this::note)))
        .map(input -> found(input, outline));
  }

  private void note(RunEvent event) {
    if (event instanceof RunEvent.FaultFound found) {
      causes.add(found.fault());
    } else if (event instanceof RunEvent.PatternRewritten rewritten) {
      rewritings.add(rewritten.row());
    }
  }

  private ObjectNode found(CheckedInput input, Optional<CsvOutline> outline) {
    ObjectNode json = head();
    try (input) {
      CheckSummary summary = input.summary();
      PreviewColumns columns = new PreviewColumns(request.resource());
      json.putArray("rows");
      try (CheckedInput.Rows rows = input.open()) {
        int shown = 0;
        for (ValidatedRow row = rows.next(); row != null && shown < ROWS; row = rows.next()) {
          columns.add(row.source());
          if (row.remark() != null) {
            continue;
          }
          shown++;
          json.withArray("rows").addObject().put("line", row.line()).set("record", row.record());
        }
      }
      columns.describe(json, outline);
      counts(json, summary);
      rewritings.describe(json);
      causes.describe(json);
      json.put("complete", complete);
      json.putArray("warnings");
      if (!complete) {
        json.withArray("warnings").add(BEGINNING_ONLY);
      }
      summary.warnings().forEach(json.withArray("warnings")::add);
      return json.putNull("problem");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ObjectNode unread(CsvOutline outline, InputException error) {
    ObjectNode json = head();
    json.putArray("rows");
    new PreviewColumns(request.resource()).describe(json, Optional.of(outline));
    counts(json, new CheckSummary(0, 0, 0, 0, 0, List.of(), CheckSummary.Rewritings.NONE, 0));
    rewritings.describe(json);
    causes.describe(json);
    json.put("complete", complete);
    json.putArray("warnings");
    json.putObject("problem")
        .put("code", "unreadable_input")
        .put("message", error.getMessage())
        .put("line", error.line())
        .put("column", error.column());
    return json;
  }

  private ObjectNode head() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", request.input().format().name().toLowerCase(Locale.ROOT));
    json.put("encoding", request.input().encoding().name());
    return json;
  }

  private static void counts(ObjectNode json, CheckSummary summary) {
    json.putObject("counts")
        .put("rows", summary.rows())
        .put("valid", summary.valid())
        .put("invalid", summary.invalid())
        .put("repeats", summary.repeated())
        .put("superseded", summary.superseded())
        .put("rewritten", summary.rewritings().rows())
        .put("comments", summary.rewritings().remarks())
        .put("further_records", summary.rewritings().further());
  }
}
