package io.sluice.cli.option;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.config.UsageException;
import io.sluice.format.Assignments;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.csv.Dialect;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.Duplicates;
import io.sluice.plan.Mode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an input file is read and checked. */
public final class ReadingOptions {
  /** How much is checked, by the names of the command line. */
  enum Level {
    STRICT,
    BASIC,
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
  Level validation = Level.STRICT;

  @Option(
      names = "--skip-invalid",
      description = "Go on without the invalid rows; the exit code is then 3.")
  public boolean skipInvalid;

  /**
   * The options, for a file of that name; {@code -} is standard input.
   *
   * @throws UsageException if one of them cannot be understood, or would have no effect
   */
  private InputOptions input(String fileName, Resource resource) {
    InputFormat chosen = formatOf(fileName);
    if (chosen == InputFormat.LIST && !mapping.isEmpty()) {
      throw new UsageException(
          "--map has no effect on a plain list, which has no columns",
          "--set fills a field of every row");
    }
    if (header && noHeader) {
      throw new UsageException("--header and --no-header say opposite things", "give one of them");
    }
    try {
      InputOptions options =
          new InputOptions(
                  chosen,
                  charset(),
                  Assignments.mapping("--map", mapping),
                  Assignments.values("--set", fixed),
                  normalize)
              .with(InputOptions.Header.of(header == noHeader ? null : (Boolean) header))
              .with(Dialect.of(delimiter, quote))
              .withHeaderLine(headerLine);
      options.requireFields(resource, "--map", "--set");
      return options;
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()), null);
    }
  }

  /** How the rows of a file of that name are checked. */
  public CheckRequest request(String fileName, Resource resource, Mode mode) {
    return new CheckRequest(resource, input(fileName, resource), level(), mode, duplicates);
  }

  private Validation.Level level() {
    return Validation.Level.valueOf(validation.name());
  }

  private InputFormat formatOf(String fileName) {
    if (format != null) {
      try {
        return InputFormat.named(format);
      } catch (IllegalArgumentException unknown) {
        throw new UsageException("--format: " + unknown.getMessage(), null);
      }
    }
    if (fileName.equals("-")) {
      return InputFormat.CSV;
    }
    return InputFormat.ofFileName(fileName)
        .orElseThrow(
            () ->
                new UsageException(
                    "the format of " + fileName + " is not clear from its name",
                    InputFormat.advice(fileName)));
  }

  private Charset charset() {
    try {
      return encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--encoding: Java knows no encoding '" + encoding + "'", null);
    }
  }
}
