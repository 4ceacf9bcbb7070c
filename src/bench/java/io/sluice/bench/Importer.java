package io.sluice.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A process that makes rows in an account that was empty. */
final class Importer implements Contender {
  private final String name;
  private final Workshop workshop;
  private final AccountsProcess accounts;
  private final long rows;
  private final List<String> command;
  private final Function<String, Long> requests;

  /**
   * @param rows how many records the account holds in the end
   * @param requests reads how many requests it took from what it printed
   */
  Importer(
      String name,
      Workshop workshop,
      AccountsProcess accounts,
      long rows,
      List<String> command,
      Function<String, Long> requests) {
    this.name = name;
    this.workshop = workshop;
    this.accounts = accounts;
    this.rows = rows;
    this.command = command;
    this.requests = requests;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample run() throws IOException, InterruptedException {
    Target target = accounts.next();
    try {
      Child.Finished run =
          Child.run(
              workshop.directory(),
              "import",
              command,
              target.variables(),
              workshop.settings().limit());
      if (run.exit() != 0) {
        throw new FailedRun(name, run.failure());
      }
      Holdings holdings = Holdings.of(target);
      if (!holdings.equals(new Holdings(rows, rows))) {
        throw new FailedRun(name, "was to make " + rows + " rows, the account has " + holdings);
      }
      return Sample.of(run, rows, 0, requests.apply(run.said()));
    } finally {
      Workshop.remove(workshop.results());
    }
  }
}
