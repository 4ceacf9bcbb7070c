package io.sluice.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The options that every command has. */
public final class OutputOptions extends OptionGroup {
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

  public final Value<Boolean> json =
      flag("--json", "Print one JSON summary on standard output, for scripts.");

  public final Value<Boolean> quiet = flag("-q, --quiet", "Show warnings and errors only.");

  public final Value<Boolean> verbose = flag("-v", "Show log lines and stack traces.");

  public final Value<Color> color =
      value(
              "--color",
              "auto|always|never",
              Color.class,
              "Use colours; auto: on a terminal, unless NO_COLOR is set.")
          .or(Color.AUTO);

  public final Value<Path> config =
      path(
          "--config",
          "FILE",
          "The configuration file; default: $XDG_CONFIG_HOME/sluice/config.yaml, else "
              + "~/.config/sluice/config.yaml.");

  public final Value<String> notify =
      text(
          "--notify",
          "NAME",
          "When the command ends, send a notice to this target of the configuration file.");

  public final Value<Boolean> yes = flag("--yes", "Answer yes to every question.");

  /** The same options without those that the sending of a notice needs, if one is to be sent. */
  public List<String> withoutNotice(List<String> given) {
    return given.stream().filter(name -> !notify.isGiven() || !name.equals("--ca-file")).toList();
  }

  /** Declares the two that picocli acts on by itself. */
  public OutputOptions() {
    flag(option("-h, --help", "Show this help.").usageHelp(true));
    flag(option("-V, --version", "Show the version.").versionHelp(true));
  }
}
