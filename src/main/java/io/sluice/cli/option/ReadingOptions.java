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
      description = "What the file is; default by its name, and csv for standard input.")
  @Nullable String format;

  @Option(names = "--encoding", paramLabel = "NAME", description = "Its encoding (UTF-8).")
  @Nullable String encoding;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=field",
      description =
          "What a column means; COLUMN= leaves it out. A column is named, or numbered from 1 where"
              + " no column has that name. Repeatable.")
  List<String> mapping = new ArrayList<>();

  @Option(
      names = "--no-header",
      description =
          "The first row of the CSV file is data; its columns are 1, 2, … (--map 1=pattern).")
  boolean noHeader;

  @Option(
      names = "--header",
      description = "The first row holds names, even if it looks like data.")
  boolean header;

  @Option(
      names = "--header-line",
      paramLabel = "N",
      description =
          "The line with the names of the CSV file's columns, from 1; those above it are skipped.")
  @Nullable Integer headerLine;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "The delimiter of the CSV file: a character, or comma, semicolon, tab or pipe;"
              + " default: found in its first rows.")
  @Nullable String delimiter;

  @Option(
      names = "--quote",
      paramLabel = "CHAR",
      description = "What stands around a cell that holds the delimiter: \", ' or none (\").")
  @Nullable String quote;

  @Option(
      names = "--set",
      paramLabel = "k=v",
      description = "Fill a field that a row leaves empty. Repeatable.")
  List<String> fixed = new ArrayList<>();

  @Option(
      names = "--normalize",
      description =
          "Rewrite patterns as people pass them on, and report it: evil[.]example, hxxp://…,"
              + " *@d, Name <a@b>, hosts and AdBlock lines, IP ranges.")
  boolean normalize;

  @Option(
      names = "--duplicates",
      paramLabel = "refuse|first|last",
      description =
          "Rows with the same key that contradict each other: all invalid (refuse), or the first or"
              + " the last counts and the others are skipped.")
  Duplicates duplicates = Duplicates.REFUSE;

  @Option(
      names = "--validation",
      paramLabel = "strict|basic|off",
      description = "How much is checked (strict); basic leaves the syntax of patterns to the API.")
  Validation.Level validation = Validation.Level.STRICT;

  @Option(
      names = "--skip-invalid",
      description = "Go on without the invalid rows; the exit code is then 3.")
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
