package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Validation;
import io.sluice.format.Assignments;
import io.sluice.format.InputFormat;
import io.sluice.job.spec.ImportSpec;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.Limit;
import io.sluice.pipeline.imports.LintChoice;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.pipeline.imports.input.Duplicates;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.plan.Mode;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.body.FileNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import as the query of its short form asks for it: with every option of the long form. */
final class ImportQuery {
  static final Parameter[] PARAMETERS = {
    Parameter.text("profile").needed(),
    Parameter.ruled("resource", Catalog::get).needed(),
    Parameter.ruled("name", FileNames::require),
    Parameter.choice("format", InputFormat.class),
    Parameter.text("encoding"),
    Parameter.text("map").repeated(),
    Parameter.text("set").repeated(),
    Parameter.choice("validation", Validation.Level.class),
    Parameter.flag("skip_invalid"),
    Parameter.flag("normalize"),
    Parameter.flag("header"),
    Parameter.whole("header_line", 1, Integer.MAX_VALUE),
    Parameter.choice("duplicates", Duplicates.class),
    Parameter.text("delimiter"),
    Parameter.choice("quote", List.of("\"", "'", "none")),
    Parameter.choice("mode", Mode.class),
    Parameter.choice("strategy", Strategy.class),
    Parameter.flag("dry_run"),
    Parameter.ruled("max_deletes", Limit::parse),
    Parameter.ruled("max_errors", Limit::parse),
    Parameter.flag("allow_unprotect"),
    Parameter.flag("safety_snapshot"),
    Parameter.choice("lint", LintChoice.class),
    Parameter.text("owner"),
    Parameter.text("adopt"),
    Parameter.text("expires")
  };

  private ImportQuery() {}

  /**
   * What is asked for, of an upload.
   *
   * @throws ProblemException if a column or field is named twice
   */
  static ImportSpec spec(Exchange exchange, String upload) {
    return new ImportSpec(
        exchange.required("profile"),
        exchange.required("resource"),
        upload,
        reading(exchange),
        options(exchange));
  }

  private static Reading reading(Exchange exchange) {
    @Nullable String header = exchange.query("header");
    @Nullable String line = exchange.query("header_line");
    try {
      return new Reading(
          exchange.query("format"),
          exchange.query("encoding"),
          Assignments.mapping("map", exchange.query().all("map")),
          Assignments.values("set", exchange.query().all("set")),
          exchange.query("validation"),
          exchange.flag("skip_invalid"),
          exchange.flag("normalize"),
          header == null ? null : Boolean.valueOf(header),
          line == null ? null : Integer.valueOf(line),
          exchange.query("duplicates"),
          exchange.query("delimiter"),
          exchange.query("quote"));
    } catch (IllegalArgumentException wrong) {
      throw Problem.of(400, "bad_parameter", String.valueOf(wrong.getMessage())).exception();
    }
  }

  private static ImportOptions options(Exchange exchange) {
    @Nullable String snapshot = exchange.query("safety_snapshot");
    return new ImportOptions(
        exchange.query("mode"),
        exchange.query("strategy"),
        exchange.flag("dry_run"),
        exchange.query("max_deletes"),
        exchange.query("max_errors"),
        exchange.flag("allow_unprotect"),
        snapshot == null ? null : Boolean.valueOf(snapshot),
        exchange.query("lint"),
        exchange.query("owner"),
        exchange.query("adopt"),
        exchange.query("expires"));
  }
}
