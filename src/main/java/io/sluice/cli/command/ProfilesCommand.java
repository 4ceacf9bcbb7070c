package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ProfileText;
import io.sluice.config.Environment;
import io.sluice.config.ProfileFile;
import io.sluice.config.ProfileOutline;
import io.sluice.report.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

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
      console.result(ProfileText.json(file, profiles));
    } else if (none) {
      String where = Printable.safe(file.toString());
      console.say("no profiles: there is no " + where + " (config/sluice.yaml is a sample)");
    } else {
      console.detail(Printable.safe(file.toString()));
      profiles.forEach(profile -> ProfileText.print(console, profile));
    }
    return ExitCode.OK.number();
  }
}
