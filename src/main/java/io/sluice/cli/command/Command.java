package io.sluice.cli.command;

import io.sluice.cli.option.OptionGroup;
import io.sluice.cli.option.OutputOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** A command: its name, its options, its help, and what it does. Its call returns the exit code. */
public abstract class Command extends OptionGroup implements Callable<Integer> {
  /** The options of every command, which end its help. */
  protected final OutputOptions output = new OutputOptions();

  private final String name;
  private final List<String> description;
  private final Map<String, OptionGroup> sections = new LinkedHashMap<>();
  private final List<String> footer = new ArrayList<>();
  private @Nullable String synopsis;
  private @Nullable CommandLine parser;

  /**
   * @param description the paragraphs that its help begins with
   */
  Command(String name, String... description) {
    this.name = name;
    this.description = List.of(description);
  }

  /** Lists the options of a group under a heading of their own. */
  final <G extends OptionGroup> G section(String heading, G group) {
    sections.put(heading, group);
    return group;
  }

  /** The line that shows the use, if the usual one would hide what has to be given. */
  final void synopsis(String line) {
    synopsis = line;
  }

  /** Command lines that help shows. */
  final void examples(String... lines) {
    footer.addAll(List.of("", lines.length == 1 ? "Example:" : "Examples:"));
    Arrays.stream(lines).map(line -> "  " + line).forEach(footer::add);
  }

  /** The lines that help ends with. */
  final void remarks(String... lines) {
    footer.add("");
    footer.addAll(List.of(lines));
  }

  /** The parser of its command lines, always the same one. */
  public final CommandLine parser() {
    if (parser == null) {
      parser = new CommandLine(spec());
    }
    return parser;
  }

  /** The command line as it was parsed. */
  final ParseResult parsed() {
    return Objects.requireNonNull(parser).getParseResult();
  }

  private CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(name);
    List<String> paragraphs = new ArrayList<>(description);
    if (!options().isEmpty() || !arguments().isEmpty()) {
      paragraphs.add(""); // above their list
    }
    UsageMessageSpec help =
        spec.usageMessage()
            .abbreviateSynopsis(true)
            .sortOptions(false)
            .description(paragraphs.toArray(new String[0]))
            .footer(footer.toArray(new String[0]));
    if (synopsis != null) {
      help.customSynopsis(synopsis);
    }
    // Loops, not method references: an archive of classes would leave out classes as old as these.
    for (PositionalParamSpec argument : arguments()) {
      spec.addPositional(argument);
    }
    for (OptionSpec option : options()) {
      spec.addOption(option);
    }
    for (Map.Entry<String, OptionGroup> section : sections.entrySet()) {
      spec.addArgGroup(listed(section.getKey(), section.getValue(), spec.argGroups().size()));
    }
    return spec.addArgGroup(listed("Output", output, spec.argGroups().size()));
  }

  private static ArgGroupSpec listed(String heading, OptionGroup group, int order) {
    ArgGroupSpec.Builder list =
        ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n").order(order);
    for (OptionSpec option : group.options()) {
      list.addArg(option);
    }
    return list.build();
  }
}
