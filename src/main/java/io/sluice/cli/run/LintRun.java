package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.LintOptions;
import io.sluice.cli.option.LintOptions.Format;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.progress.SourceDisplay;
import io.sluice.cli.text.LintPrinter;
import io.sluice.config.Environment;
import io.sluice.config.ProfileFile;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.insight.Source;
import io.sluice.pipeline.insight.lint.Finding;
import io.sluice.pipeline.insight.lint.Lint;
import io.sluice.pipeline.insight.lint.LintResult;
import io.sluice.pipeline.insight.lint.LintSettings;
import io.sluice.pipeline.insight.lint.Sarif;
import io.sluice.pipeline.insight.lint.Severity;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Looks at lists in the foreground and shows what is wrong with them. */
public final class LintRun {
  private final Console console;
  private final PaceOptions connecting;
  private final OutputOptions output;
  private final Environment environment;

  /**
   * @param connecting how a live account is reached
   */
  public LintRun(
      Console console, PaceOptions connecting, OutputOptions output, Environment environment) {
    this.console = console;
    this.connecting = connecting;
    this.output = output;
    this.environment = environment;
  }

  /**
   * Looks at a source; what the process ends with.
   *
   * @param profile whose own providers count; null for the source's own, if it is a profile
   */
  public int of(String source, List<Resource> named, LintOptions looking, @Nullable String profile)
      throws IOException {
    Format format = looking.format(output.json.get());
    String whose = profile == null ? Side.profile(source) : profile;
    LintSettings settings =
        new LintSettings(
            looking.ignored(),
            LocalDate.now(Clock.systemUTC()),
            whose == null ? Map.of() : profiles().knownDomains(whose));
    @Nullable Severity failOn = looking.failOn();
    return new SourceRun(console, connecting, output, environment)
        .on(
            "lint",
            source,
            named,
            (opened, display) ->
                result(opened, settings, display)
                    .map(
                        result -> {
                          display.close();
                          int exit =
                              (result.isAsBadAs(failOn) ? ExitCode.DIFFERENT : ExitCode.OK)
                                  .number();
                          show(format, source, result, exit, display.warnings(), failOn);
                          return exit;
                        }));
  }

  private ProfileFile profiles() {
    Path file =
        output.config.isGiven() ? output.config.get() : ProfileFile.defaultPath(environment);
    return ProfileFile.read(file, environment);
  }

  private static Mono<LintResult> result(
      Source source, LintSettings settings, SourceDisplay display) {
    Lint lint = new Lint(settings, source.stop()::isStopped);
    return source
        .read(resource -> true, display, lint::take)
        .flatMap(
            read ->
                Blocking.call(
                    () -> {
                      display.comparing(lint.records());
                      LintResult result = lint.result();
                      source.stop().check();
                      return result;
                    }));
  }

  private void show(
      Format format,
      String source,
      LintResult result,
      int exit,
      List<String> warnings,
      @Nullable Severity failOn) {
    result.warnings().forEach(console::warn);
    switch (format) {
      case TEXT -> new LintPrinter(console, output.verbose.get(), failOn).print(result);
      case JSON -> {
        output.json.set(true);
        ObjectNode outline = result.outline(exit, warnings);
        console.result(
            outline,
            outline.withArray(LintResult.FINDINGS),
            result.findings().stream().map(Finding::json).iterator());
      }
      case SARIF -> {
        ObjectNode log = Sarif.outline(result, Version.current());
        console.data(log, Sarif.results(log), Sarif.results(result, source));
      }
    }
  }
}
