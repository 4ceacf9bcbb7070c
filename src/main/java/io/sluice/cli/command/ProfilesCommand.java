package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ProfileText;
import io.sluice.config.Environment;
import io.sluice.config.ProfileFile;
import io.sluice.config.ProfileOutline;
import io.sluice.report.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lists the profiles. */
public final class ProfilesCommand extends Command {
  /** Declares the command. */
  public ProfilesCommand() {
    super(
        "profiles",
        "Lists the profiles of the configuration file: account, base URL and the "
            + "place of the credential, never the credential. Makes no calls; 'sluice "
            + "whoami --profile NAME' tests one.");
    examples("sluice profiles --config /etc/sluice/config.yaml");
  }

  @Override
  public Integer call() {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Path file =
        output.config.isGiven() ? output.config.get() : ProfileFile.defaultPath(environment);
    boolean none = !output.config.isGiven() && !Files.exists(file);
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
