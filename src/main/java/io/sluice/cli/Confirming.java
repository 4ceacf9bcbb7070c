package io.sluice.cli;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asks the person at the terminal before anything is deleted. */
final class Confirming {
  private Confirming() {}

  /**
   * The way to get a plan confirmed.
   *
   * @throws UsageException if it takes a confirmation and there is nobody to give it
   */
  static Confirmation of(
      Console console, OutputOptions output, ImportRequest request, String file) {
    boolean needed = request.mode().deletes() && !request.dryRun() && !output.yes;
    if (!needed) {
      return Confirmation.given();
    }
    boolean terminal = Terminals.isTerminal(Terminals.STDIN) && console.terminal();
    if (!terminal || file.equals("-") || console.json()) {
      throw new UsageException(
          "--mode "
              + request.mode().label()
              + " deletes, and needs --yes where nobody can be asked",
          "see what it would do with --dry-run");
    }
    return plan ->
        Mono.fromCallable(() -> ask(console, plan)).subscribeOn(Schedulers.boundedElastic());
  }

  private static boolean ask(Console console, PlanSummary plan) {
    long deletes = plan.of(Action.DELETE);
    if (deletes == 0) {
      return true;
    }
    String answer = "delete " + deletes;
    console.err().print("Type '" + answer + "' to go on: ");
    console.err().flush();
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      return answer.equals(in.readLine());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
