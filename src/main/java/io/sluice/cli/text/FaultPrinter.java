package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.format.InputFault;
import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.imports.input.Rewritten;
import io.sluice.report.ExitCode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what is wrong with an input: every fault as a line, then the causes by how often. */
public final class FaultPrinter {
  private static final int FAULTS_IN_JSON = 1000;

  private final Console console;
  private final FaultList faults = new FaultList();
  private final RewrittenList rewritings = new RewrittenList();
  private final ArrayNode listed = Json.MAPPER.createArrayNode();

  public FaultPrinter(Console console) {
    this.console = console;
  }

  public void print(long row, InputFault fault) {
    faults.add(row, fault);
    if (console.json()) {
      list(row, fault);
    } else {
      console.say(text(fault));
    }
  }

  /** One fault on one line. */
  static String text(InputFault fault) {
    String value = fault.value().isEmpty() ? "" : "'" + Printable.safe(fault.value()) + "' ";
    String column = fault.column().isEmpty() ? "" : ", " + column(fault);
    return "line "
        + fault.line()
        + column
        + ": "
        + value
        + Printable.safe(fault.reason())
        + (fault.remedy() == null ? "" : ": " + remedy(fault.remedy()));
  }

  /** The column as its header names it, or its number. */
  static String column(InputFault fault) {
    return Printable.safe(fault.place());
  }

  /** What would help against a fault. */
  static String remedy(String remedy) {
    return "with --normalize it " + Printable.safe(remedy);
  }

  /** Takes note of a row whose pattern was rewritten. */
  public void rewritten(Rewritten row) {
    rewritings.add(row);
  }

  /** Prints how it ended and returns the exit code. */
  public int summarize(CheckSummary summary, String file, boolean skipInvalid) {
    summary.warnings().forEach(console::warn);
    ExitCode exit = exit(summary, skipInvalid);
    if (console.json()) {
      console.result(json(summary, file, exit));
      return exit.number();
    }
    if (faults.many()) {
      console.say("");
      faults.lines().forEach(console::say);
    }
    rewritings.lines("").forEach(console::detail);
    console.say(
        Printable.count(summary.rows(), "row")
            + ": "
            + Printable.count(summary.valid())
            + " valid, "
            + Printable.count(summary.invalid())
            + " invalid, "
            + Printable.count(summary.repeated())
            + " repeat an earlier row"
            + (summary.superseded() == 0
                ? ""
                : ", "
                    + Printable.count(summary.superseded())
                    + " skipped for another row of the same key")
            + rewritten(summary.rewritings()));
    if (summary.undecided() > 0) {
      console.say(
          Printable.count(summary.undecided())
              + " of the valid rows have an id and values that could not be written;"
              + " they pass if the account holds exactly that");
    }
    return exit.number();
  }

  private static String rewritten(CheckSummary.Rewritings rewritings) {
    return (rewritings.rows() == 0 ? "" : ", " + Printable.count(rewritings.rows()) + " rewritten")
        + (rewritings.further() == 0
            ? ""
            : " (which makes "
                + Printable.count(rewritings.further())
                + (rewritings.further() == 1 ? " record" : " records")
                + " more than rows)")
        + (rewritings.remarks() == 0
            ? ""
            : ", " + Printable.count(rewritings.remarks(), "comment") + " passed over");
  }

  private static ExitCode exit(CheckSummary summary, boolean skipInvalid) {
    if (summary.invalid() == 0) {
      return ExitCode.OK;
    }
    return skipInvalid ? ExitCode.ROWS_FAILED : ExitCode.REFUSED;
  }

  private void list(long row, InputFault fault) {
    if (listed.size() < FAULTS_IN_JSON) {
      ObjectNode one = listed.addObject();
      one.put("row", row)
          .put("line", fault.line())
          .put("column", fault.column())
          .put("value", fault.value())
          .put("reason", fault.reason());
      if (fault.remedy() != null) {
        one.put("normalized", fault.remedy());
      }
    }
  }

  private ObjectNode json(CheckSummary summary, String file, ExitCode exit) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "validate");
    root.put("exit", exit.number());
    root.put("file", file);
    root.put("rows", summary.rows());
    root.put("valid", summary.valid());
    root.put("invalid", summary.invalid());
    root.put("repeated", summary.repeated());
    root.put("superseded", summary.superseded());
    root.put("unjudged", summary.undecided());
    root.put("rewritten", summary.rewritings().rows());
    root.put("comments", summary.rewritings().remarks());
    root.put("further_records", summary.rewritings().further());
    root.set("rewritings", rewritings.json());
    root.put("faults_in_all", faults.count());
    root.set("faults", listed);
    return root;
  }
}
