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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an input file is read and checked. */
public final class ReadingOptions {
  @Option(
      names = "--format",
      paramLabel = "csv|jsonl|list",
      description = "The format of the file; default: by its name, or csv for standard input.")
  @Nullable String format;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "The encoding of the file (UTF-8).")
  @Nullable String encoding;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=field",
      description =
          "Read this column as that field; COLUMN= leaves the column out. COLUMN is a "
              + "name or a number from 1; repeatable.")
  List<String> mapping = new ArrayList<>();

  @Option(
      names = "--no-header",
      description =
          "Read the first row of the CSV file as data; its columns are 1, 2, … (--map "
              + "1=pattern).")
  boolean noHeader;

  @Option(
      names = "--header",
      description = "Read the first row as column names, even if it looks like data.")
  boolean header;

  @Option(
      names = "--header-line",
      paramLabel = "N",
      description = "Read the column names from line N, counted from 1; skip the lines above.")
  @Nullable Integer headerLine;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "The delimiter of the CSV file: a character, or comma, semicolon, tab or "
              + "pipe; default: detected.")
  @Nullable String delimiter;

  @Option(
      names = "--quote",
      paramLabel = "CHAR",
      description = "The quotation mark around cells: \", ' or none (\").")
  @Nullable String quote;

  @Option(
      names = "--set",
      paramLabel = "k=v",
      description = "Give field k the value v in rows that leave it empty; repeatable.")
  List<String> fixed = new ArrayList<>();

  @Option(
      names = "--normalize",
      description =
          "Rewrite patterns in other common forms, and report each: defanged "
              + "(evil[.]example), URLs, *@d, Name <a@b>, hosts and AdBlock lines, IP ranges.")
  boolean normalize;

  @Option(
      names = "--duplicates",
      paramLabel = "refuse|first|last",
      description =
          "For rows with the same key that contradict each other: make all of them "
              + "invalid (refuse, the default), or use the first or the last and skip the "
              + "others.")
  Duplicates duplicates = Duplicates.REFUSE;

  @Option(
      names = "--validation",
      paramLabel = "strict|basic|off",
      description =
          "How strictly to check rows (strict); basic leaves the syntax of patterns to "
              + "the API.")
  Validation.Level validation = Validation.Level.STRICT;

  @Option(
      names = "--skip-invalid",
      description =
          "Skip invalid rows instead of refusing the file; exits with 3 if there are " + "any.")
  public boolean skipInvalid;

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
          if (request.input().format() == InputFormat.LIST && !mapping.isEmpty()) {
            throw new UsageException(
                "--map has no effect on a plain list, which has no columns",
                "--set fills a field of every row");
          }
          request.input().requireFields(resource, "--map", "--set");
          return request;
        });
  }

  private Reading reading(String fileName) {
    if (header && noHeader) {
      throw new UsageException("--header and --no-header say opposite things", "give one of them");
    }
    return new Reading(
        format == null && fileName.equals("-") ? "csv" : format,
        encoding,
        Assignments.mapping("--map", mapping),
        Assignments.values("--set", fixed),
        validation.toString(),
        skipInvalid,
        normalize,
        header == noHeader ? null : (Boolean) header,
        headerLine,
        duplicates.toString(),
        delimiter,
        quote);
  }
}
