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

  @Option(
      names = "--json",
      description = "Standard output is exactly one JSON summary, for scripts.")
  public boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes; warnings and errors stay.")
  public boolean quiet;

  @Option(names = "-v", description = "Show what Sluice logs, and where an error happened.")
  public boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "Colours; auto means on a terminal, unless NO_COLOR is set.")
  public Color color = Color.AUTO;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file of profiles; default $XDG_CONFIG_HOME/sluice/config.yaml.")
  @Nullable
  public Path config;

  @Option(
      names = "--notify",
      paramLabel = "NAME",
      description = "Send a notice of how this ended to that target of the file of profiles.")
  @Nullable
  public String notify;

  @Option(names = "--yes", description = "Answer yes to every confirmation.")
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
