package io.sluice.pipeline.imports.results;

import io.sluice.api.ApiAccount;
import io.sluice.format.InputOptions;
import io.sluice.format.csv.Dialect;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.Duplicates;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.plan.Ownership;
import io.sluice.report.RunId;
import io.sluice.report.journal.RunHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what a run sets out to do into the header of its journal. */
public final class RunOptions {
  /** The option that names the owner of the run's records. */
  public static final String OWNER = "--owner";

  /** The option that names whose records the run takes over. */
  public static final String ADOPT = "--adopt";

  /** The day before which the last days of what is deleted lie; no option of the command line. */
  public static final String EXPIRED_BEFORE = "--expired-before";

  private RunOptions() {}

  /** The header of a run whose changes are still to be planned. Blocking; reads the input. */
  public static RunHeader header(
      RunId id,
      Instant startedAt,
      ApiAccount account,
      ImportRequest request,
      CheckedInput input,
      InputSource source)
      throws IOException {
    return header(
        id, startedAt, account, request, source, input.summary().rows(), options(request));
  }

  /** The header of a run with so many rows, and the options that decided on them. */
  public static RunHeader header(
      RunId id,
      Instant startedAt,
      ApiAccount account,
      ImportRequest request,
      InputSource source,
      long rows,
      Map<String, String> options)
      throws IOException {
    return new RunHeader(
        RunHeader.FORMAT_VERSION,
        id.text(),
        request.toolVersion(),
        startedAt,
        account.id(),
        account.baseUrl().toString(),
        request.resource().name(),
        request.mode().label(),
        source.name(),
        source.sha256(),
        rows,
        options,
        1);
  }

  /** What decides which rows there are and what they mean; how fast they go does not matter. */
  private static Map<String, String> options(ImportRequest request) {
    InputOptions reading = request.rows().input();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--format", reading.format().name().toLowerCase(Locale.ROOT));
    options.put("--encoding", reading.encoding().name());
    reading.mapping().forEach((column, field) -> options.put("--map " + column, field));
    reading.fixed().forEach((field, value) -> options.put("--set " + field, value));
    if (reading.normalize()) {
      options.put("--normalize", "true");
    }
    if (request.rows().duplicates() != Duplicates.REFUSE) {
      options.put("--duplicates", request.rows().duplicates().label());
    }
    switch (reading.header()) {
      case PRESENT -> options.put("--header", "true");
      case ABSENT -> options.put("--no-header", "true");
      case EXPECTED -> {}
    }
    if (reading.headerLine() > 0) {
      options.put("--header-line", Integer.toString(reading.headerLine()));
    }
    Character delimiter = reading.dialect().delimiter();
    if (delimiter != null) {
      options.put("--delimiter", delimiter.toString());
    }
    char quote = reading.dialect().quote();
    if (quote != Dialect.STANDARD.quote()) {
      options.put("--quote", quote == Dialect.NO_QUOTE ? "none" : Character.toString(quote));
    }
    options.put("--validation", request.rows().level().name().toLowerCase(Locale.ROOT));
    options.put("--skip-invalid", Boolean.toString(request.skipInvalid()));
    options.put("--allow-unprotect", Boolean.toString(request.allowUnprotect()));
    Ownership ownership = request.ownership();
    put(options, OWNER, ownership.owner());
    put(options, ADOPT, ownership.adopt());
    put(options, "--expires", ownership.expires());
    put(options, EXPIRED_BEFORE, request.expiredBefore());
    return options;
  }

  private static void put(Map<String, String> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value.toString());
    }
  }
}
