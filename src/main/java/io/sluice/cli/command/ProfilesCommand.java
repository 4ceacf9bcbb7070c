package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.config.Environment;
import io.sluice.config.ProfileFile;
import io.sluice.config.ProfileOutline;
import io.sluice.report.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the profiles. */
@Command(
    name = "profiles",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Lists the profiles of the configuration file: account, base URL and the "
            + "place of the credential, never the credential. Makes no calls; 'sluice "
            + "whoami --profile NAME' tests one.",
    footer = {"", "Example:", "  sluice profiles --config /etc/sluice/config.yaml"})
public final class ProfilesCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Path file = output.config == null ? ProfileFile.defaultPath(environment) : output.config;
    boolean none = output.config == null && !Files.exists(file);
    List<ProfileOutline> profiles =
        none ? List.of() : ProfileFile.read(file, environment).outlines();
    if (console.json()) {
      console.result(json(file, profiles));
    } else if (none) {
      console.say("no profiles: there is no " + file + " (config/sluice.yaml is a sample)");
    } else {
      console.detail(file.toString());
      profiles.forEach(profile -> text(console, profile));
    }
    return ExitCode.OK.number();
  }

  private static void text(Console console, ProfileOutline profile) {
    console.say(
        String.format(
            Locale.ROOT,
            "  %s  account %s  at %s  %s",
            console.style(
                "bold", String.format(Locale.ROOT, "%-16s", Printable.safe(profile.name()))),
            Printable.safe(profile.account()),
            Printable.safe(profile.baseUrl()),
            Printable.safe(profile.credential())));
    if (profile.problem() != null) {
      console.say(
          console.style("fg(red)", "    cannot be used now: ") + Printable.safe(profile.problem()));
    }
  }

  private static ObjectNode json(Path file, List<ProfileOutline> profiles) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "profiles").put("exit", ExitCode.OK.number());
    root.put("file", file.toString());
    ArrayNode all = root.putArray("profiles");
    for (ProfileOutline profile : profiles) {
      all.addObject()
          .put("name", profile.name())
          .put("account", profile.account())
          .put("base_url", profile.baseUrl())
          .put("credential", profile.credential())
          .put("problem", profile.problem());
    }
    return root;
  }
}
