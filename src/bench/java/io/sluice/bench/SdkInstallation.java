package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The official TypeScript SDK, installed for this run alone, once, where node and npm are there.
 *
 * @param script the command line of the program that uses it; null if it cannot be had
 * @param why why it cannot be had, or empty
 */
record SdkInstallation(@Nullable List<String> script, String why) {
  private static final String SDK = "cloudflare@7.3.0";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Installs it, unless that is done already.
   *
   * @param program the file name of the program that uses it
   */
  static SdkInstallation attempt(Workshop workshop, String program)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(workshop.directory().resolve("sdk"));
    if (!Files.isDirectory(home.resolve("node_modules"))) {
      SdkInstallation failed = install(workshop, home);
      if (failed != null) {
        return failed;
      }
    }
    Path script = home.resolve(program);
    Files.copy(
        workshop.settings().scripts().resolve(program),
        script,
        StandardCopyOption.REPLACE_EXISTING);
    return new SdkInstallation(List.of("node", script.toString()), "");
  }

  /** Null if it is installed, else why it cannot be had. */
  private static @Nullable SdkInstallation install(Workshop workshop, Path home)
      throws IOException, InterruptedException {
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
    return null;
  }
}
