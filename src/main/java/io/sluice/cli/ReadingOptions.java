package io.sluice.cli;

import io.sluice.catalog.Validation;
import io.sluice.config.UsageException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an input file is read and checked. */
final class ReadingOptions {
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
      description = "What a column means; COLUMN= ignores it. Repeatable.")
  List<String> mapping = new ArrayList<>();

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
      names = "--validation",
      paramLabel = "strict|basic|off",
      description = "How much is checked (strict); basic leaves the syntax of patterns to the API.")
  Level validation = Level.STRICT;

  @Option(
      names = "--skip-invalid",
      description = "Go on without the invalid rows; the exit code is then 3.")
  boolean skipInvalid;

  /** The options, for a file of that name; {@code -} is standard input. */
  InputOptions input(String fileName) {
    return new InputOptions(
        formatOf(fileName), charset(), pairs("--map", mapping), pairs("--set", fixed), normalize);
  }

  Validation.Level level() {
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
                    "what is in " + fileName + "? its name does not tell",
                    "give --format csv, jsonl or list"));
  }

  private Charset charset() {
    try {
      return encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--encoding: Java knows no encoding '" + encoding + "'", null);
    }
  }

  private static Map<String, String> pairs(String option, List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.lastIndexOf('=');
      if (option.equals("--set")) {
        equals = text.indexOf('=');
      }
      if (equals < 1) {
        throw new UsageException(option + " " + text + ": write it as name=value", null);
      }
      pairs.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return pairs;
  }
}
