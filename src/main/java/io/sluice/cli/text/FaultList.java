package io.sluice.cli.text;

import io.sluice.format.InputFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The faults of an input: the first faults one by one, and all of them by cause. Remembers the
 * first thousand causes.
 */
public final class FaultList {
  private static final int CAUSES_KEPT = 1000;
  private static final int CAUSES_TOLD = 10;
  private static final int FEW = 10;
  private static final int ROWS_KEPT = 1000;

  private final List<String> few = new ArrayList<>();
  private final Map<String, Cause> causes = new LinkedHashMap<>();
  private final Set<Long> rows = new HashSet<>();
  private long count;

  /** A cause, how many faults have it, and the first of them. */
  private record Cause(String text, long count, String first) {
    Cause oneMore() {
      return new Cause(text, count + 1, first);
    }
  }

  public synchronized void add(long row, InputFault fault) {
    count++;
    if (rows.size() < ROWS_KEPT) {
      rows.add(row);
    }
    if (few.size() < FEW) {
      few.add(FaultPrinter.text(fault));
    }
    String where = fault.column().isEmpty() ? "" : FaultPrinter.column(fault) + ": ";
    String cause = where + Printable.safe(fault.cause());
    if (causes.size() < CAUSES_KEPT || causes.containsKey(cause)) {
      String value = fault.value().isEmpty() ? "" : ", '" + Printable.safe(fault.value()) + "'";
      String remedy = fault.remedy() == null ? "" : "; " + FaultPrinter.remedy(fault.remedy());
      causes.merge(
          cause,
          new Cause(cause, 1, "line " + fault.line() + value + remedy),
          (known, same) -> known.oneMore());
    }
  }

  synchronized long count() {
    return count;
  }

  /** True if the row is among those with a fault, or may be since they are many. */
  public synchronized boolean tellsOf(long row) {
    return rows.size() == ROWS_KEPT || rows.contains(row);
  }

  /** True if they are listed by cause. */
  synchronized boolean many() {
    return count > FEW;
  }

  /** Every fault if they are few, else the causes of most of them, each with its first line. */
  public synchronized List<String> lines() {
    if (!many()) {
      return List.copyOf(few);
    }
    List<String> told = new ArrayList<>();
    causes.values().stream()
        .sorted(Comparator.comparingLong(Cause::count).reversed())
        .limit(CAUSES_TOLD)
        .forEach(cause -> told.add(line(cause)));
    if (causes.size() > CAUSES_TOLD) {
      told.add("and further causes");
    }
    return told;
  }

  private static String line(Cause cause) {
    return Printable.count(cause.count())
        + " × "
        + cause.text()
        + "  (first: "
        + cause.first()
        + ")";
  }
}
