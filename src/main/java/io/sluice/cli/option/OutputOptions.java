package io.sluice.cli.option;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
public final class OutputOptions {
  /** When to colour what is shown. */
  public enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--json", description = "Print one JSON summary on standard output, for scripts.")
  public boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show warnings and errors only.")
  public boolean quiet;

  @Option(names = "-v", description = "Show log lines and stack traces.")
  public boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "Use colours; auto: on a terminal, unless NO_COLOR is set.")
  public Color color = Color.AUTO;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration file; default: $XDG_CONFIG_HOME/sluice/config.yaml, else "
              + "~/.config/sluice/config.yaml.")
  @Nullable
  public Path config;

  @Option(
      names = "--notify",
      paramLabel = "NAME",
      description =
          "When the command ends, send a notice to this target of the configuration " + "file.")
  @Nullable
  public String notify;

  @Option(names = "--yes", description = "Answer yes to every question.")
  public boolean yes;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean version;
}
