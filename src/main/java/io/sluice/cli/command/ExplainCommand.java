package io.sluice.cli.command;

import io.sluice.catalog.pattern.Rewriting;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
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
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which records match a sender or a recipient. */
@Command(
    name = "explain",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Shows which records match a sender or a recipient, why they match, and what "
          + "their effect is. Reads lists; changes nothing.",
      "SOURCE is a live account, written profile:NAME, a snapshot, or a file (with "
          + "one -r). Where Cloudflare does not document how a record works, the output "
          + "says so.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice explain profile:prod --sender billing@shop.example",
      "  sluice explain backups/latest --ip 203.0.113.7",
      "  sluice explain -r block-senders blocked.csv --domain shop.example",
      "",
      "Exit codes: 0 done, 8 nothing matches (--detailed-exitcode), 9 damaged " + "snapshot."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SOURCE", description = "A live account, a snapshot or a file.")
  private String source = "";

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @Option(names = "--sender", paramLabel = "A", description = "The address of a sender.")
  private @Nullable String sender;

  @Option(names = "--domain", paramLabel = "D", description = "The domain of senders.")
  private @Nullable String domain;

  @Option(names = "--ip", paramLabel = "IP", description = "The IP address that mail comes from.")
  private @Nullable String ip;

  @Option(names = "--recipient", paramLabel = "A", description = "The address of a recipient.")
  private @Nullable String recipient;

  @Option(names = "--detailed-exitcode", description = "Exit with 8 if nothing matches.")
  private boolean detailed;

  @ArgGroup(validate = false, heading = "%nConnection to live accounts:%n", order = 98)
  private PaceOptions connecting = new PaceOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  /** One of the options that say what to explain. */
  private record Asked(String option, String text, Function<String, Question> question) {}

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
            source,
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
    int exit = (detailed && none ? ExitCode.DIFFERENT : ExitCode.OK).number();
    console.result(explanation.json(exit, warnings));
    ExplanationPrinter.print(console, asked.text(), explanation);
    return exit;
  }

  private Asked asked() {
    List<Asked> given =
        Stream.of(
                asked("--sender", sender, Question::sender),
                asked("--domain", domain, Question::domain),
                asked("--ip", ip, Question::ip),
                asked("--recipient", recipient, Question::recipient))
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
