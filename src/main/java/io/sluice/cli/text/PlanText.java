package io.sluice.cli.text;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Trait;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.insight.lint.Finding;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.pipeline.insight.lint.Severity;
import io.sluice.plan.Ownership;
import io.sluice.report.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts a plan into a few lines for people. */
public final class PlanText {
  private static final String TITLE = "plan: ";
  private static final int FINDINGS = 10;
  private static final String INDENT = " ".repeat(TITLE.length());

  private PlanText() {}

  /** What would become of rows, and what that takes. */
  public static List<String> of(PlanSummary plan) {
    List<String> lines = new ArrayList<>();
    lines.add(TITLE + brief(plan));
    stats(plan).forEach(line -> lines.add(INDENT + line));
    skipped(plan).forEach(line -> lines.add(INDENT + line));
    leftBehind(plan).forEach(line -> lines.add(INDENT + line));
    owners(plan).forEach(line -> lines.add(INDENT + line));
    return lines;
  }

  /** Why rows have nothing to do, reason by reason. */
  public static List<String> skipped(PlanSummary plan) {
    return plan.skippedBy().stream()
        .map(why -> "skipped: " + why.message() + " (" + Printable.count(why.rows()) + ")")
        .map(Printable::safe)
        .toList();
  }

  /** What means nothing in the account, or cannot be written there, field by field. */
  public static List<String> leftBehind(PlanSummary plan) {
    return plan.leftBehind().entrySet().stream()
        .map(
            field ->
                without(field.getKey())
                    + field.getKey()
                    + " ("
                    + Printable.count(field.getValue())
                    + ")")
        .toList();
  }

  private static String without(String path) {
    if (path.equals(CommentTag.EXPIRES.path())) {
      return "without effect, as the record has an end of its own: ";
    }
    return (isEnd(path) ? "read-only" : "bound to its account") + ", left behind: ";
  }

  private static boolean isEnd(String path) {
    return Catalog.resources().stream()
        .flatMap(resource -> resource.field(path).stream())
        .anyMatch(field -> field.is(Trait.EXPIRY));
  }

  /**
   * What lint says of what would be written: the worst findings first.
   *
   * @param gaps whether it is said what was not looked at
   */
  public static List<String> lint(PlanFindings lint, boolean gaps) {
    List<String> lines = new ArrayList<>();
    StringJoiner counts = new StringJoiner(", ");
    counts.setEmptyValue("nothing found");
    for (Severity severity : Severity.values()) {
      long count = lint.of(severity);
      Printable.add(counts, count, severity.label() + (count == 1 ? "" : "s"));
    }
    lines.add("lint: " + counts + " in " + Printable.count(lint.rows(), "row") + " to write");
    List<Finding> worse =
        lint.findings().stream().filter(one -> one.severity() != Severity.NOTE).toList();
    worse.stream()
        .limit(FINDINGS)
        .map(one -> one.severity().label() + " " + one.rule().id() + ": " + one.sentence())
        .forEach(line -> lines.add("  " + Printable.safe(line)));
    long more = lint.of(Severity.ERROR) + lint.of(Severity.WARNING) - FINDINGS;
    if (more > 0) {
      lines.add("  … and " + Printable.count(more) + " more; --json lists the first of each rule");
    }
    if (gaps) {
      lint.gaps().forEach(gap -> lines.add("  not looked at: " + Printable.safe(gap)));
    }
    return lines;
  }

  /** Whose records would be deleted, and whose are left alone, where owners are known. */
  public static List<String> owners(PlanSummary plan) {
    List<String> lines = new ArrayList<>(deletesOf(List.of(plan)));
    if (!plan.heldBy().isEmpty()) {
      lines.add("left to their owners: " + byOwner(plan.heldBy()));
    }
    return lines;
  }

  /** Whose records all of the plans would delete, in one line; none if no owner is known. */
  public static List<String> deletesOf(Collection<PlanSummary> plans) {
    Map<String, Long> owners = new TreeMap<>();
    plans.forEach(
        plan -> plan.deletesOf().forEach((owner, rows) -> owners.merge(owner, rows, Long::sum)));
    return owners.keySet().stream().allMatch(Ownership.UNOWNED::equals)
        ? List.of()
        : List.of("deletes by owner: " + byOwner(owners));
  }

  private static String byOwner(Map<String, Long> rows) {
    return rows.entrySet().stream()
        .map(
            owner ->
                Printable.count(owner.getValue())
                    + (owner.getKey().equals(Ownership.UNOWNED)
                        ? " without an owner"
                        : " of " + Printable.safe(owner.getKey())))
        .collect(Collectors.joining(", "));
  }

  /** What would become of rows, in a few words. */
  public static String brief(PlanSummary plan) {
    StringJoiner text = new StringJoiner(", ");
    text.setEmptyValue("nothing to do");
    Printable.add(text, plan.of(Action.CREATE), "to create");
    Printable.add(text, plan.of(Action.UPDATE), "to update");
    Printable.add(text, plan.of(Action.DELETE), "to delete");
    Printable.add(text, plan.unchanged(), "unchanged");
    Printable.add(text, plan.skipped(), "skipped");
    Printable.add(text, plan.failed(), "that cannot be done");
    Printable.add(text, plan.invalid(), "invalid");
    Printable.add(text, plan.finished(), "done before");
    return text.toString();
  }

  private static List<String> stats(PlanSummary plan) {
    if (plan.total() == 0) {
      return List.of("no request that changes anything");
    }
    String how = plan.batched().isEmpty() ? "row by row" : "in batches";
    String time =
        plan.time().compareTo(Duration.ofSeconds(1)) < 0
            ? "at once"
            : "in " + Printable.span(plan.time().toMillis());
    return List.of(
        Printable.count(plan.allRequests(), "request")
            + ": "
            + Printable.count(plan.requests())
            + " to write "
            + how
            + ", "
            + Printable.count(plan.reads())
            + " to read",
        "the quota allows " + (plan.allRequests() == 1 ? "it " : "them ") + time);
  }
}
