package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The official TypeScript SDK, installed for this run alone, where node and npm are there.
 *
 * @param script the command line of the program that lists with it; null if it cannot be had
 * @param why why it cannot be had, or empty
 */
record SdkInstallation(@Nullable List<String> script, String why) {
  private static final String SDK = "cloudflare@7.3.0";
  private static final String SCRIPT = "list.mjs";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static SdkInstallation attempt(Workshop workshop) throws IOException, InterruptedException {
    Path home = Files.createDirectories(workshop.directory().resolve("sdk"));
    List<String> install =
        List.of(
            "npm",
            "install",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            home.toString(),
            SDK);
    Child.Finished installed;
    try {
      workshop.say("installing " + SDK);
      installed = Child.run(home, "npm", install, Map.of(), PATIENCE);
    } catch (IOException absent) {
      return new SdkInstallation(null, "there is no npm");
    }
    if (installed.exit() != 0) {
      return new SdkInstallation(null, "npm could not install it, " + installed.failure());
    }
    Path script = Files.copy(workshop.settings().scripts().resolve(SCRIPT), home.resolve(SCRIPT));
    return new SdkInstallation(List.of("node", script.toString()), "");
  }
}
