package io.sluice.cli.serve;

import io.sluice.cli.Console;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.store.Database;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** Checks that nothing of a service's audit trail was changed, removed or added to. */
public final class AuditTask {
  private final ServeDatabase database;
  private final Console console;

  public AuditTask(ServeDatabase database, Console console) {
    this.database = database;
    this.console = console;
  }

  /** Checks all of it, says what was found, and returns what the process ends with. */
  public int run() throws IOException {
    database.requireThere();
    AuditTrail.Check check;
    try (Database open = database.open("stop the service first: its database is in use")) {
      check = new AuditTrail(open, Clock.systemUTC()).check();
    }
    ExitCode exit = check.faults().isEmpty() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED;
    check.faults().forEach(fault -> console.err().println("audit trail: " + fault));
    console.say(
        check.entries() == 0
            ? "the audit trail holds no entry"
            : Printable.count(check.entries())
                + " entries of the audit trail read; the last is "
                + check.last());
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("command", "serve").put("exit", exit.number());
    json.put("entries", check.entries()).put("last", check.last());
    check.faults().forEach(json.putArray("faults")::add);
    console.result(json);
    return exit.number();
  }
}
