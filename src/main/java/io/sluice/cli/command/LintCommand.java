package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.LintOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.Value;
import io.sluice.cli.run.LintRun;
import io.sluice.cli.text.Json;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.insight.lint.RulePage;
import java.io.IOException;

/** Says what is wrong with lists. */
public final class LintCommand extends Command {
  private final Value<String> source =
      optionalArgument("SOURCE", String.class, "A live account, a snapshot or a file.");

  private final ResourceOptions chosen = include(new ResourceOptions());
  private final LintOptions looking = include(new LintOptions());

  private final Value<String> profile =
      text(
          "--providers-of",
          "NAME",
          "Use the providers and suffixes of this profile; default: those of profile:NAME.");

  private final Value<String> rule =
      text(
              "--explain",
              "RULE",
              "Show the page of a rule: what it finds, why it matters, what to do.")
          .completedBy(LintRule.ids());

  private final PaceOptions connecting = section("Connection to live accounts", new PaceOptions());

  /** Declares the command. */
  public LintCommand() {
    super(
        "lint",
        "Finds what is risky, contradictory or useless in lists. Reads lists; changes nothing.",
        "SOURCE is a live account, written profile:NAME, a snapshot, or a file (with one -r).");
    examples(
        "sluice lint profile:prod",
        "sluice lint backups/latest --fail-on error --format sarif > sluice.sarif",
        "sluice lint -r block-senders blocked.csv --ignore no-comment",
        "sluice lint --explain conflict");
    remarks("Exit codes: 0 done, 8 a finding as severe as --fail-on, 9 damaged snapshot.");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    if (rule.isGiven()) {
      if (source.isGiven()) {
        throw new UsageException("--explain shows a page, and looks at no SOURCE", "leave it out");
      }
      String page = RulePage.of(LintOptions.rule("--explain", rule.get())).stripTrailing();
      console.say(page);
      console.result(
          Json.MAPPER
              .createObjectNode()
              .put("command", "lint")
              .put("exit", 0)
              .put("rule", rule.get())
              .put("page", page));
      return 0;
    } else if (!source.isGiven()) {
      throw new UsageException(
          "which lists? give a snapshot, a file or profile:NAME",
          "'sluice lint --help' has examples");
    }
    return new LintRun(console, connecting, output, environment)
        .of(source.get(), chosen.named(), looking, profile.orNull());
  }
}
