package io.sluice.cli;

import io.sluice.cli.text.BashCompletion;
import io.sluice.cli.text.FishCompletion;
import io.sluice.cli.text.ManualPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Writes what the distribution holds beside the program and follows from its commands: completion
 * for shells, and manual pages. Run by the build.
 */
final class DistributionFiles {
  private static final String ZSH =
      """
      # In ~/.zshrc, below compinit: source .../completion/sluice.zsh
      autoload -U +X bashcompinit && bashcompinit
      source "${0:A:h}/sluice.bash"
      """;

  private DistributionFiles() {}

  /** Writes them below the directory that is given. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, String> file : all().entrySet()) {
      Path path = Path.of(args[0]).resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Their texts, by their places. */
  static Map<String, String> all() {
    CommandLine root = Commands.parserOf();
    Map<String, String> files = new TreeMap<>();
    files.put("completion/sluice.bash", BashCompletion.of(root));
    files.put("completion/sluice.fish", FishCompletion.of(root));
    files.put("completion/sluice.zsh", ZSH);
    files.put("man/man1/sluice.1", ManualPage.of(root));
    root.getSubcommands()
        .forEach(
            (name, command) -> files.put("man/man1/sluice-" + name + ".1", ManualPage.of(command)));
    files.remove("man/man1/sluice-help.1");
    return files;
  }
}
