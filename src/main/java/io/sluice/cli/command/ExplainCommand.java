package io.sluice.cli.command;

import io.sluice.catalog.pattern.Rewriting;
import io.sluice.cli.Console;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.Value;
import io.sluice.cli.run.SourceRun;
import io.sluice.cli.text.ExplanationPrinter;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.insight.Explain;
import io.sluice.pipeline.insight.Explanation;
import io.sluice.pipeline.insight.Question;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says which records match a sender or a recipient. */
public final class ExplainCommand extends Command {
  private final Value<String> source =
      argument("SOURCE", String.class, "A live account, a snapshot or a file.");

  private final ResourceOptions chosen = include(new ResourceOptions());

  private final Value<String> sender = text("--sender", "A", "The address of a sender.");

  private final Value<String> domain = text("--domain", "D", "The domain of senders.");

  private final Value<String> ip = text("--ip", "IP", "The IP address that mail comes from.");

  private final Value<String> recipient = text("--recipient", "A", "The address of a recipient.");

  private final Value<Boolean> detailed =
      flag("--detailed-exitcode", "Exit with 8 if nothing matches.");

  private final PaceOptions connecting = section("Connection to live accounts", new PaceOptions());

  /** One of the options that say what to explain. */
  private record Asked(String option, String text, Function<String, Question> question) {}

  /** Declares the command. */
  public ExplainCommand() {
    super(
        "explain",
        "Shows which records match a sender or a recipient, why they match, and what "
            + "their effect is. Reads lists; changes nothing.",
        "SOURCE is a live account, written profile:NAME, a snapshot, or a file (with "
            + "one -r). Where Cloudflare does not document how a record works, the output "
            + "says so.");
    examples(
        "sluice explain profile:prod --sender billing@shop.example",
        "sluice explain backups/latest --ip 203.0.113.7",
        "sluice explain -r block-senders blocked.csv --domain shop.example");
    remarks("Exit codes: 0 done, 8 nothing matches (--detailed-exitcode), 9 damaged snapshot.");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Asked asked = asked();
    Question question = question(asked);
    chosen.named().stream()
        .filter(resource -> !Explain.concerns(resource, question.party()))
        .findFirst()
        .ifPresent(
            resource -> {
              throw new UsageException(
                  "-r " + resource + ": such records are not compared with " + asked.option(),
                  "leave it out of -r");
            });
    return new SourceRun(console, connecting, output, environment)
        .on(
            "explain",
            source.get(),
            chosen.named(),
            (opened, display) ->
                Explain.of(opened, question, display)
                    .map(
                        explanation -> {
                          display.close();
                          return show(console, asked, explanation, display.warnings());
                        }));
  }

  private int show(Console console, Asked asked, Explanation explanation, List<String> warnings) {
    boolean none = explanation.matches().isEmpty();
    int exit = (detailed.get() && none ? ExitCode.DIFFERENT : ExitCode.OK).number();
    console.result(explanation.json(exit, warnings));
    ExplanationPrinter.print(console, asked.text(), explanation);
    return exit;
  }

  private Asked asked() {
    List<Asked> given =
        Stream.of(
                asked("--sender", sender.orNull(), Question::sender),
                asked("--domain", domain.orNull(), Question::domain),
                asked("--ip", ip.orNull(), Question::ip),
                asked("--recipient", recipient.orNull(), Question::recipient))
            .flatMap(Stream::ofNullable)
            .toList();
    if (given.size() != 1) {
      throw new UsageException(
          given.isEmpty()
              ? "what is to be explained?"
              : given.get(0).option() + " and " + given.get(1).option() + " are both given",
          "give one of --sender A, --domain D, --ip IP and --recipient A");
    }
    return given.get(0);
  }

  private static @Nullable Asked asked(
      String option, @Nullable String text, Function<String, Question> question) {
    return text == null ? null : new Asked(option, text, question);
  }

  private static Question question(Asked asked) {
    try {
      return asked.question().apply(asked.text());
    } catch (IllegalArgumentException invalid) {
      throw new UsageException(asked.option() + " " + invalid.getMessage(), meant(asked));
    }
  }

  /** The option with what a text as people pass it on stands for; null if that is no one thing. */
  private static @Nullable String meant(Asked asked) {
    if (Rewriting.of(asked.text()) instanceof Rewriting.Becomes becomes
        && becomes.indicators().size() == 1) {
      try {
        Question unused = asked.question().apply(becomes.shown());
        return "for "
            + Rewriting.labels(becomes.forms())
            + ": "
            + asked.option()
            + " "
            + becomes.shown();
      } catch (IllegalArgumentException other) {
        return null; // an indicator of another type
      }
    }
    return null;
  }
}
