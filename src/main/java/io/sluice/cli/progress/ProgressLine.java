package io.sluice.cli.progress;

import io.sluice.cli.text.Printable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a phase is, at one moment.
 *
 * @param total of how many rows; null if not known
 * @param perSecond rows per second; 0 if that says nothing
 * @param left for how long yet; null if not known
 * @param remark what holds it up, or what is left of the quota; may be empty
 * @param counts what became of rows so far, which takes a line of its own; null if there is none
 */
record ProgressLine(
    String task,
    long done,
    @Nullable Long total,
    long perSecond,
    @Nullable Duration left,
    String remark,
    @Nullable String counts) {
  /** In steps, so that a bar does not change its width with every digit beside it. */
  private static final int[] BAR_WIDTHS = {24, 12, 6};

  /** What a bar has around it. */
  private static final int AROUND = "[] 100%  ".length();

  /** One line or two of no more than so many columns, with a bar if there is room for one. */
  List<String> lines(int width) {
    String beside = counts == null ? joined(figures(), remark) : figures();
    int room = width - task.length() - 2 - beside.length() - AROUND;
    String first = cut(task + "  " + bar(room) + beside, width);
    return counts == null
        ? List.of(first)
        : List.of(first, cut("  " + joined(counts, remark), width));
  }

  /** All of it on one line, however long. */
  String plain() {
    String all = task + "  " + figures();
    return joined(joined(all, counts == null ? "" : counts), remark);
  }

  private String figures() {
    StringBuilder text = new StringBuilder(Printable.count(done));
    if (total != null) {
      text.append(" of ").append(Printable.count(total));
    }
    text.append(" rows");
    if (done == 0 && total == null) {
      text.setLength(0);
    }
    if (perSecond > 0) {
      text.append("  ").append(Printable.count(perSecond)).append("/s");
    }
    if (left != null) {
      text.append("  ").append(Printable.about(left)).append(" left");
    }
    return text.toString();
  }

  private String bar(int room) {
    int width = Arrays.stream(BAR_WIDTHS).filter(w -> w <= room).findFirst().orElse(0);
    if (total == null || total == 0 || width == 0) {
      return "";
    }
    int percent = (int) Math.min(100, 100 * done / total);
    int filled = percent * width / 100;
    return String.format(
        Locale.ROOT, "[%s%s] %3d%%  ", "#".repeat(filled), " ".repeat(width - filled), percent);
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "  " + other;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
  }
}
