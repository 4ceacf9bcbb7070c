package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.config.UsageException;
import io.sluice.format.Assignments;
import io.sluice.format.InputFormat;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.Duplicates;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.plan.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an input file is read and checked. */
public final class ReadingOptions extends OptionGroup {
  final Value<String> format =
      text(
          "--format",
          "csv|jsonl|list",
          "The format of the file; default: by its name, or csv for standard input.");

  final Value<String> encoding = text("--encoding", "NAME", "The encoding of the file (UTF-8).");

  final Value<List<String>> mapping =
      list(
              "--map",
              "COLUMN=field",
              String.class,
              "Read this column as that field; COLUMN= leaves the column out. COLUMN is a "
                  + "name or a number from 1; repeatable.")
          .or(List.of());

  final Value<Boolean> noHeader =
      flag(
          "--no-header",
          "Read the first row of the CSV file as data; its columns are 1, 2, … (--map "
              + "1=pattern).");

  final Value<Boolean> header =
      flag("--header", "Read the first row as column names, even if it looks like data.");

  final Value<Integer> headerLine =
      value(
          "--header-line",
          "N",
          Integer.class,
          "Read the column names from line N, counted from 1; skip the lines above.");

  final Value<String> delimiter =
      text(
          "--delimiter",
          "CHAR",
          "The delimiter of the CSV file: a character, or comma, semicolon, tab or "
              + "pipe; default: detected.");

  final Value<String> quote =
      text("--quote", "CHAR", "The quotation mark around cells: \", ' or none (\").");

  final Value<List<String>> fixed =
      list(
              "--set",
              "k=v",
              String.class,
              "Give field k the value v in rows that leave it empty; repeatable.")
          .or(List.of());

  final Value<Boolean> normalize =
      flag(
          "--normalize",
          "Rewrite patterns in other common forms, and report each: defanged "
              + "(evil[.]example), URLs, *@d, Name <a@b>, hosts and AdBlock lines, IP ranges.");

  final Value<Duplicates> duplicates =
      value(
              "--duplicates",
              "refuse|first|last",
              Duplicates.class,
              "For rows with the same key that contradict each other: make all of them "
                  + "invalid (refuse, the default), or use the first or the last and skip the "
                  + "others.")
          .or(Duplicates.REFUSE);

  final Value<Validation.Level> validation =
      value(
              "--validation",
              "strict|basic|off",
              Validation.Level.class,
              "How strictly to check rows (strict); basic leaves the syntax of patterns to "
                  + "the API.")
          .or(Validation.Level.STRICT);

  public final Value<Boolean> skipInvalid =
      flag(
          "--skip-invalid",
          "Skip invalid rows instead of refusing the file; exits with 3 if there are any.");

  /**
   * How the rows of a file of that name are checked; {@code -} is standard input.
   *
   * @throws UsageException if an option cannot be understood, or would have no effect
   */
  public CheckRequest request(String fileName, Resource resource, Mode mode) {
    return UsageException.checked(
        "",
        () -> {
          CheckRequest request = reading(fileName).request(resource, fileName, mode, COMMAND_LINE);
          if (request.input().format() == InputFormat.LIST && !mapping.get().isEmpty()) {
            throw new UsageException(
                "--map has no effect on a plain list, which has no columns",
                "--set fills a field of every row");
          }
          request.input().requireFields(resource, "--map", "--set");
          return request;
        });
  }

  private Reading reading(String fileName) {
    if (header.get() && noHeader.get()) {
      throw new UsageException("--header and --no-header say opposite things", "give one of them");
    }
    return new Reading(
        !format.isGiven() && fileName.equals("-") ? "csv" : format.orNull(),
        encoding.orNull(),
        Assignments.mapping("--map", mapping.get()),
        Assignments.values("--set", fixed.get()),
        validation.get().toString(),
        skipInvalid.get(),
        normalize.get(),
        headerGiven(),
        headerLine.orNull(),
        duplicates.get().toString(),
        delimiter.orNull(),
        quote.orNull());
  }

  /** True if the first row is a header, false if it is data; null if neither was given. */
  private @Nullable Boolean headerGiven() {
    boolean given = header.get() || noHeader.get();
    return given ? header.get() : null;
  }
}
