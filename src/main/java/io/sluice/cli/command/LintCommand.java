package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.LintOptions;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.run.LintRun;
import io.sluice.cli.text.Json;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.insight.lint.RulePage;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with lists. */
@Command(
    name = "lint",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Finds what is risky, contradictory or useless in lists. Reads lists; " + "changes nothing.",
      "SOURCE is a live account, written profile:NAME, a snapshot, or a file (with " + "one -r).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice lint profile:prod",
      "  sluice lint backups/latest --fail-on error --format sarif > sluice.sarif",
      "  sluice lint -r block-senders blocked.csv --ignore no-comment",
      "  sluice lint --explain conflict",
      "",
      "Exit codes: 0 done, 8 a finding as severe as --fail-on, 9 damaged snapshot."
    })
public final class LintCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..1",
      description = "A live account, a snapshot or a file.")
  private @Nullable String source;

  @Mixin private ResourceOptions chosen = new ResourceOptions();
  @Mixin private LintOptions looking = new LintOptions();

  @Option(
      names = "--providers-of",
      paramLabel = "NAME",
      description =
          "Use the providers and suffixes of this profile; default: those of " + "profile:NAME.")
  private @Nullable String profile;

  @Option(
      names = "--explain",
      paramLabel = "RULE",
      description = "Show the page of a rule: what it finds, why it matters, what to do.")
  private @Nullable String rule;

  @ArgGroup(validate = false, heading = "%nConnection to live accounts:%n", order = 98)
  private PaceOptions connecting = new PaceOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    if (rule != null) {
      if (source != null) {
        throw new UsageException("--explain shows a page, and looks at no SOURCE", "leave it out");
      }
      String page = RulePage.of(LintOptions.rule("--explain", rule)).stripTrailing();
      console.say(page);
      console.result(
          Json.MAPPER
              .createObjectNode()
              .put("command", "lint")
              .put("exit", 0)
              .put("rule", rule)
              .put("page", page));
      return 0;
    } else if (source == null) {
      throw new UsageException(
          "which lists? give a snapshot, a file or profile:NAME",
          "'sluice lint --help' has examples");
    }
    return new LintRun(console, connecting, output, environment)
        .of(source, chosen.named(), looking, profile);
  }
}
