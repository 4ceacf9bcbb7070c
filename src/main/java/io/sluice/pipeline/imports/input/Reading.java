package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.config.UsageException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.csv.Dialect;
import io.sluice.plan.Mode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a file are read: as the command line, the HTTP API and stored jobs give it. Null
 * means what the file's name says, or the default.
 *
 * @param mapping the field that a column means, by column
 * @param fixed values of fields that rows do not give
 * @param normalize whether patterns in another form are rewritten; null for no
 * @param header whether a CSV file begins with the names of its columns; null for yes, unless they
 *     look like data, which is refused
 * @param headerLine the line with the names of a CSV file's columns, from 1; null for the first
 *     that is no comment
 * @param duplicates what becomes of rows that contradict each other: refuse, first or last; null
 *     for refuse
 * @param delimiter what parts the cells of a CSV file; null for what its first row shows
 * @param quote what stands around a cell that holds the delimiter; null for double quotes
 */
public record Reading(
    @Nullable String format,
    @Nullable String encoding,
    @Nullable Map<String, String> mapping,
    @Nullable Map<String, String> fixed,
    @Nullable String validation,
    boolean skipInvalid,
    @Nullable Boolean normalize,
    @Nullable Boolean header,
    @Nullable Integer headerLine,
    @Nullable String duplicates,
    @Nullable String delimiter,
    @Nullable String quote) {
  /** All defaults. */
  public static final Reading DEFAULT =
      new Reading(null, null, null, null, null, false, null, null, null, null, null, null);

  /**
   * How the rows of a file of that name are checked.
   *
   * @throws UsageException if neither this nor the name says what the file is
   * @throws IllegalArgumentException if it cannot be understood
   */
  public CheckRequest request(Resource resource, String fileName, Mode mode, OptionNames names) {
    return new CheckRequest(
        resource, options(fileName, names), level(names), mode, repeated(names));
  }

  private Duplicates repeated(OptionNames names) {
    return names.read(
        "duplicates", () -> duplicates == null ? Duplicates.REFUSE : Duplicates.named(duplicates));
  }

  /** The same with that format and encoding where it names none. */
  public Reading orElse(@Nullable String otherFormat, String otherEncoding) {
    return new Reading(
        format == null ? otherFormat : format,
        encoding == null ? otherEncoding : encoding,
        mapping,
        fixed,
        validation,
        skipInvalid,
        normalize,
        header,
        headerLine,
        duplicates,
        delimiter,
        quote);
  }

  private InputOptions options(String fileName, OptionNames names) {
    return as(
        format != null
            ? format(names)
            : InputFormat.ofFileName(fileName)
                .orElseThrow(
                    () ->
                        new UsageException(
                            "the format of " + fileName + " is not clear from its name",
                            InputFormat.advice(fileName))),
        names);
  }

  private InputOptions as(InputFormat chosen, OptionNames names) {
    return new InputOptions(
            chosen,
            encoding == null ? StandardCharsets.UTF_8 : charset(encoding, names),
            mapping == null ? Map.of() : mapping,
            fixed == null ? Map.of() : fixed,
            normalize != null && normalize)
        .with(InputOptions.Header.of(header))
        .with(dialect(names))
        .with(names)
        .withHeaderLine(headerLine);
  }

  private Dialect dialect(OptionNames names) {
    Dialect parted = names.read("delimiter", () -> Dialect.of(delimiter, null));
    return quote == null ? parted : names.read("quote", () -> Dialect.of(delimiter, quote));
  }

  private InputFormat format(OptionNames names) {
    return names.read("format", () -> format == null ? InputFormat.CSV : InputFormat.named(format));
  }

  private Validation.Level level(OptionNames names) {
    return names.read(
        "validation",
        () -> validation == null ? Validation.Level.STRICT : Validation.Level.named(validation));
  }

  /**
   * Checks all that can be checked without the file.
   *
   * @throws IllegalArgumentException saying what cannot be understood
   */
  public void check(Resource resource, OptionNames names) {
    level(names);
    repeated(names);
    as(format(names), names).requireFields(resource, "mapping", "fixed");
  }

  private static Charset charset(String name, OptionNames names) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          names.of("encoding") + ": Java knows no encoding '" + name + "'", unknown);
    }
  }
}
