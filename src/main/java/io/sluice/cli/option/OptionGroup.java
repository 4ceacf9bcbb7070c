package io.sluice.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options that belong together. A subclass declares each as a field by one of the methods here: its
 * names, the label of its value, and what help says of it. Help lists them in that order.
 *
 * <p>Picocli would read the same from annotations, but that takes a third of the time in which a
 * command starts: the JVM first makes classes of them.
 */
public abstract class OptionGroup {
  private final List<Option<?>> options = new ArrayList<>();
  private final List<PositionalParamSpec> arguments = new ArrayList<>();

  /** An option without a value: true if it is given, else false. */
  protected final Value<Boolean> flag(String names, String description) {
    return flag(option(names, description)).or(false);
  }

  final Option<Boolean> flag(OptionSpec.Builder declared) {
    return add(new Option<>(declared.type(boolean.class)));
  }

  /** An option whose value is any text. */
  protected final Option<String> text(String names, String label, String description) {
    return value(names, label, String.class, description);
  }

  /** An option whose value names a file or a directory. */
  protected final Option<Path> path(String names, String label, String description) {
    return value(names, label, Path.class, description);
  }

  /** An option whose value is of a type that picocli can read, such as a number or an enum. */
  protected final <T> Option<T> value(
      String names, String label, Class<T> type, String description) {
    return add(new Option<>(option(names, description).arity("1").paramLabel(label).type(type)));
  }

  /** An option whose value is read by a converter. */
  protected final <T> Option<T> value(
      String names, String label, ITypeConverter<T> converter, String description) {
    return add(
        new Option<>(
            option(names, description).arity("1").paramLabel(label).converters(converter)));
  }

  /** An option that can be given several times. */
  protected final <T> Option<List<T>> list(
      String names, String label, Class<T> type, String description) {
    return add(
        new Option<>(
            option(names, description)
                .arity("1")
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(type)));
  }

  /** An argument, which has a place in the command line where an option has a name. */
  protected final <T> Value<T> argument(String label, Class<T> type, String description) {
    return argument(label, true, type, description);
  }

  /** An argument that may be left out. */
  protected final <T> Value<T> optionalArgument(String label, Class<T> type, String description) {
    return argument(label, false, type, description);
  }

  private <T> Value<T> argument(String label, boolean required, Class<T> type, String description) {
    Value<T> value = new Value<>();
    arguments.add(
        PositionalParamSpec.builder()
            .index(Integer.toString(arguments.size()))
            .arity(required ? "1" : "0..1")
            .required(required)
            .paramLabel(label)
            .description(description)
            .type(type)
            .getter(value.binding())
            .setter(value.binding())
            .build());
    return value;
  }

  /** Lists the options of another group among these. */
  protected final <G extends OptionGroup> G include(G group) {
    options.addAll(((OptionGroup) group).options);
    return group;
  }

  /** The names of the options in full, such as {@code --rate}. */
  public final Set<String> names() {
    Set<String> names = new HashSet<>();
    for (OptionSpec option : options()) {
      names.add(option.longestName());
    }
    return names;
  }

  /** The names in full of those that the command line has, in the order of their declaration. */
  public final List<String> given() {
    List<String> given = new ArrayList<>();
    for (Option<?> option : options) {
      if (option.isGiven()) {
        given.add(option.spec().longestName());
      }
    }
    return given;
  }

  /** The options as picocli takes them. */
  public final List<OptionSpec> options() {
    List<OptionSpec> all = new ArrayList<>();
    for (Option<?> option : options) {
      all.add(option.spec());
    }
    return all;
  }

  /** The arguments as picocli takes them. */
  protected final List<PositionalParamSpec> arguments() {
    return List.copyOf(arguments);
  }

  static OptionSpec.Builder option(String names, String description) {
    return OptionSpec.builder(names.split(", ", -1)).description(description);
  }

  private <T> Option<T> add(Option<T> option) {
    options.add(option);
    return option;
  }
}
