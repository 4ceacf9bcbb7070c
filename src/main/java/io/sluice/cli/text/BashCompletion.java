package io.sluice.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for bash, and for zsh by way of its {@code bashcompinit}. Unlike picocli's own script
 * it completes the files of arguments, values behind {@code =} and in lists, and the values that an
 * option's label names.
 */
public final class BashCompletion {
  private static final String SCRIPT =
      """
      # Completion of sluice for bash: source .../completion/sluice.bash
      _complete_sluice() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        local command='' head='' options='' values='' files='' list='' i=1
        COMPREPLY=()
        while [ "$i" -lt "$COMP_CWORD" ]; do
          case ${COMP_WORDS[i]} in
            @GLOBAL@)
              i=$((i + 1))
              if [ "${COMP_WORDS[i]}" = = ]; then i=$((i + 1)); fi
              ;;
            -*) ;;
            *) command=${COMP_WORDS[i]}; break ;;
          esac
          i=$((i + 1))
        done
        # bash makes three words of --mode=create, zsh one.
        if [ "$word" = = ]; then
          word=''
        elif [ "$before" = = ]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        else
          case $word in
            --*=*) before=${word%%=*} head=${word%%=*}= word=${word#*=} ;;
          esac
        fi
        case $command in
      @COMMANDS@
        esac
        case $command:$before in
      @VALUES@
          *)
            case $word in
              -*) values=$options files='' ;;
            esac
            ;;
        esac
        if [ -n "$list" ]; then
          case $word in
            *,*) head=$head${word%,*}, word=${word##*,} ;;
          esac
        fi
        if [ -n "$values" ]; then
          COMPREPLY=($(compgen -P "$head" -W "$values" -- "$word"))
        elif [ -n "$files" ] && [ -n "$head" ]; then
          local IFS=$'\\n'
          COMPREPLY=($(compgen -P "$head" -f -- "$word"))
        fi
        # With nothing to offer, the shell itself completes the names of files.
        if [ -z "$files" ]; then compopt +o default 2>/dev/null; fi
        return 0
      }
      complete -o default -F _complete_sluice sluice
      """;

  private final CommandLine root;

  private BashCompletion(CommandLine root) {
    this.root = root;
  }

  /** The script for a command and its subcommands. */
  public static String of(CommandLine root) {
    return new BashCompletion(root).script();
  }

  private String script() {
    List<String> commands = new ArrayList<>();
    commands.add(command("''", root, String.join(" ", root.getSubcommands().keySet())));
    Map<String, List<String>> values = new TreeMap<>();
    collect("", root, values);
    root.getSubcommands()
        .forEach(
            (name, sub) -> {
              OptionValues arguments = OptionValues.ofArguments(sub);
              commands.add(command(name, sub, arguments.files() ? "" : arguments.joined()));
              collect(name, sub, values);
            });
    List<String> cases = new ArrayList<>();
    values.forEach(
        (action, options) ->
            cases.add("    " + String.join(" | ", options) + ") " + action + " ;;"));
    return SCRIPT
        .replace("@GLOBAL@", String.join(" | ", withValues(root)))
        .replace("@COMMANDS@", String.join("\n", commands))
        .replace("@VALUES@", String.join("\n", cases));
  }

  /** The case of a command: its options, and what may stand where no option's value does. */
  private static String command(String name, CommandLine command, String words) {
    List<String> options = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        options.addAll(List.of(option.names()));
      }
    }
    return "    "
        + name
        + ") options='"
        + String.join(" ", options)
        + "' values='"
        + words
        + "' files="
        + (OptionValues.ofArguments(command).files() ? "1" : "''")
        + " ;;";
  }

  private static List<String> withValues(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(OptionValues::follows)
        .flatMap(option -> List.of(option.names()).stream())
        .toList();
  }

  /**
   * Adds what to do behind each option that has a value, with the options for which it is the same.
   */
  private static void collect(String name, CommandLine command, Map<String, List<String>> values) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (OptionValues.follows(option)) {
        OptionValues of = OptionValues.of(option);
        String list = option.isMultiValue() && !of.choices().isEmpty() ? "1" : "''";
        String action =
            "values='" + of.joined() + "' files=" + (of.files() ? "1" : "''") + " list=" + list;
        for (String one : option.names()) {
          values.computeIfAbsent(action, any -> new ArrayList<>()).add(name + ":" + one);
        }
      }
    }
  }
}
