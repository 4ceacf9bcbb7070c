package io.sluice.cli.run;

import io.sluice.cli.option.ConnectionOptions;
import io.sluice.format.text.ShellWord;
import io.sluice.pipeline.imports.Limit;
import io.sluice.pipeline.imports.saved.SavedPart;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command lines that follow from one that changed an account: to go on with it, to import what
 * is left of it, to undo it. They can be pasted into a shell.
 */
public final class Rerun {
  private static final List<String> DELETING = List.of("--mode", "delete", "--max-deletes", "100%");
  private static final String MAX_ERRORS = "--max-errors";
  private static final String SAVE_PLAN = "--save-plan";

  /** What belongs to one run alone. */
  private static final Set<String> OF_ONE_RUN = Set.of("--results", "--resume");

  /** What a file of failed rows says by itself. */
  private static final Set<String> OF_THE_FILE =
      Set.of("--format", "--encoding", "--no-header", "--header-line", "--delimiter", "--quote");

  private final String program;
  private final List<String> command;
  private final List<String> importing;

  /** What a saved plan says of its rows, as options of an import. */
  private final List<String> planned;

  private final @Nullable String input;
  private final List<Given> options;

  /** An option as it was given; no value for one that takes none. */
  private record Given(String name, List<String> values) {}

  private Rerun(String program, List<String> command, @Nullable String input, List<Given> options) {
    this(program, command, command, List.of(), input, options);
  }

  /**
   * @param importing what the command begins with that imports a file
   * @param planned further options of an import of the rows that a plan has left
   */
  private Rerun(
      String program,
      List<String> command,
      List<String> importing,
      List<String> planned,
      @Nullable String input,
      List<Given> options) {
    this.program = program;
    this.command = command;
    this.importing = importing;
    this.planned = planned;
    this.input = input;
    this.options = options;
  }

  /**
   * The words by which this program was started, as a shell reads them: the launcher, {@code java
   * -jar} and the jar, or {@code sluice} if neither is known.
   */
  public static String program() {
    String launcher = System.getProperty("sluice.program");
    if (launcher != null) {
      return ShellWord.of(launcher);
    }
    String classes = System.getProperty("java.class.path", "");
    boolean jar = classes.endsWith(".jar") && !classes.contains(File.pathSeparator);
    return jar ? "java -jar " + ShellWord.of(classes) : "sluice";
  }

  /** Those that follow from the options of an import. */
  public static Rerun of(ParseResult parsed, String resource, String file) {
    Rerun all = of(parsed, List.of("import", "-r", resource), file);
    List<Given> others = all.without(Set.of("--resource"));
    return new Rerun(all.program, all.command, file, others);
  }

  /**
   * Those that follow from the options of any command.
   *
   * @param command what it begins with
   * @param input its argument, or null if it has none
   */
  public static Rerun of(ParseResult parsed, List<String> command, @Nullable String input) {
    List<Given> options = new ArrayList<>();
    // Picocli lists an option once for each time it was given, with all its values each time.
    for (OptionSpec option : new LinkedHashSet<>(parsed.matchedOptions())) {
      List<String> values = option.originalStringValues();
      boolean flag =
          option.arity().max() == 0
              || (values.size() == 1 && values.get(0).equals(option.fallbackValue()));
      options.add(new Given(option.longestName(), flag ? List.of() : values));
    }
    return new Rerun(program(), command, input, options);
  }

  /** Those that follow from no options at all. */
  public static Rerun plain(String resource, String file) {
    return new Rerun(program(), List.of("import", "-r", resource), file, List.of());
  }

  /**
   * Those that follow from carrying out a saved plan.
   *
   * @param part what the plan says of the rows that may be left
   */
  public static Rerun ofPlan(ParseResult parsed, String plan, SavedPart part) {
    Rerun all = of(parsed, List.of("apply"), plan);
    return new Rerun(
        all.program,
        all.command,
        List.of("import", "-r", part.resource().slug()),
        PlannedOptions.of(part),
        plan,
        all.options);
  }

  /** Goes on with the run whose results are there. */
  public String resumed(Path results) {
    return command(without(OF_ONE_RUN), input, resuming(results.toString()));
  }

  /** The same with another limit of errors than the one that stopped the run. */
  String resumed(Path results, String maxErrors) {
    Set<String> others = new HashSet<>(OF_ONE_RUN);
    others.add(MAX_ERRORS);
    List<String> more = new ArrayList<>(List.of(MAX_ERRORS, maxErrors));
    more.addAll(resuming(results.toString()));
    return command(without(others), input, more);
  }

  private static List<String> resuming(String results) {
    List<String> more = new ArrayList<>(withValue("--results", results));
    more.add("--resume");
    return more;
  }

  /** The same as another run, for the file at hand, with more options. */
  public String again(String... more) {
    return command(without(OF_ONE_RUN), input, List.of(more));
  }

  /** True if an option was given. */
  boolean has(String name) {
    return options.stream().anyMatch(option -> option.name().equals(name));
  }

  /** The share of rows that may fail, if a share was given. */
  @Nullable Double errorShare() {
    return options.stream()
        .filter(option -> option.name().equals(MAX_ERRORS))
        .map(option -> Limit.parse(option.values().get(0)).share())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Deletes the records whose ids a file lists. */
  String deleting(String created) {
    return imports().command(ofTheAccount(), created, DELETING);
  }

  /**
   * Deletes the records of one kind whose ids a file lists.
   *
   * @param more what names the account, if the options that were given do not
   */
  String deleting(String resource, String created, List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.addAll(DELETING);
    return new Rerun(program, List.of("import", "-r", resource), null, List.of())
        .command(ofTheAccount(), created, all);
  }

  /** Imports a file of rows that are left. */
  String of(Path failed) {
    if (carriesOutPlan()) {
      return imports().command(ofTheAccount(), failed.toString(), planned);
    }
    List<Given> kept = without(OF_ONE_RUN);
    kept.removeIf(option -> OF_THE_FILE.contains(option.name()));
    return command(kept, failed.toString(), List.of());
  }

  /** Imports what was saved before anything was deleted. */
  String undoing(Path safety, List<String> more) {
    return imports().command(ofTheAccount(), safety.toString(), more);
  }

  /** Carries out a plan that was saved. */
  public String applying(Path plan, List<String> more) {
    return new Rerun(program, List.of("apply"), null, List.of())
        .command(ofTheAccount(), plan.toString(), more);
  }

  /** True if a saved plan is carried out. */
  boolean carriesOutPlan() {
    return !importing.equals(command);
  }

  private Rerun imports() {
    return new Rerun(program, importing, null, List.of());
  }

  /** Restores what was saved of several kinds of record before anything was deleted. */
  public String restoring(Path safety, List<String> more) {
    return new Rerun(program, List.of("restore"), null, List.of())
        .command(ofTheAccount(), safety.toString(), more);
  }

  private List<Given> ofTheAccount() {
    Set<String> account = accountOptions();
    List<Given> kept = new ArrayList<>(options);
    kept.removeIf(option -> !account.contains(option.name()));
    return kept;
  }

  private List<Given> without(Set<String> names) {
    List<Given> kept = new ArrayList<>(options);
    kept.removeIf(option -> names.contains(option.name()));
    return kept;
  }

  private String command(List<Given> kept, @Nullable String argument, List<String> more) {
    List<String> words = new ArrayList<>(command);
    if (argument != null) {
      words.add(isDashed(argument) && !argument.equals("-") ? "./" + argument : argument);
    }
    for (Given option : kept) {
      if (option.values().isEmpty()) {
        words.add(option.name());
      }
      for (String value : option.values()) {
        boolean plan = option.name().equals(SAVE_PLAN);
        words.addAll(withValue(option.name(), plan ? unusedName(value) : value));
      }
    }
    words.addAll(more);
    return program + words.stream().map(ShellWord::of).collect(Collectors.joining(" ", " ", ""));
  }

  /** An option's value that begins with a dash would be taken for an option of its own. */
  private static List<String> withValue(String name, String value) {
    return isDashed(value) ? List.of(name + "=" + value) : List.of(name, value);
  }

  /** No plan is written over another, so that the next one needs a name of its own. */
  private static String unusedName(String plan) {
    int dot = plan.lastIndexOf('.');
    int end = dot > plan.lastIndexOf('/') + 1 ? dot : plan.length();
    String name = plan;
    for (int i = 2; Files.exists(Path.of(name), LinkOption.NOFOLLOW_LINKS); i++) {
      name = plan.substring(0, end) + "-" + i + plan.substring(end);
    }
    return name;
  }

  private static boolean isDashed(String word) {
    return word.startsWith("-");
  }

  private static Set<String> accountOptions() {
    Set<String> names = new HashSet<>(new ConnectionOptions().names());
    names.add("--config");
    return names;
  }
}
