package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.config.ProfileOutline;
import io.sluice.report.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists profiles, for people and in JSON. */
public final class ProfileText {
  private ProfileText() {}

  /** Prints one of them. */
  public static void print(Console console, ProfileOutline profile) {
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

  /** All of them as JSON. */
  public static ObjectNode json(Path file, List<ProfileOutline> profiles) {
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
