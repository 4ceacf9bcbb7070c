package io.sluice.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** Puts progress into one line: how far, of how much, how fast, for how long yet, and a remark. */
final class ProgressLine implements ProgressBarRenderer {
  private static final int WIDEST_BAR = 24;
  private static final int NARROWEST_BAR = 6;

  private final Supplier<String> remark;

  ProgressLine(Supplier<String> remark) {
    this.remark = remark;
  }

  @Override
  public String render(ProgressState progress, int width) {
    long done = progress.getCurrent();
    Long total = progress.getMax() > 0 ? progress.getMax() : null;
    long millis = Duration.between(start(progress), Instant.now()).toMillis();
    String figures = figures(done, total, millis, remark);
    String task = progress.getTaskName() + "  ";
    int room = width - task.length() - figures.length() - 8;
    String line = task + bar(done, total, Math.min(room, WIDEST_BAR)) + figures;
    // Blanks up to the edge wipe out what a longer line left there.
    return line.length() <= width
        ? line + " ".repeat(width - line.length())
        : line.substring(0, Math.max(0, width));
  }

  /** Everything but the bar. */
  static String figures(long done, @Nullable Long total, long millis, Supplier<String> remark) {
    StringBuilder text = new StringBuilder(Shown.count(done));
    if (total != null) {
      text.append(" of ").append(Shown.count(total));
    }
    text.append(" rows");
    long speed = millis < 100 ? 0 : done * 1000 / millis;
    if (speed > 0) {
      text.append("  ").append(Shown.count(speed)).append("/s");
    }
    String note = remark.get();
    if (speed > 0 && total != null && total > done) {
      text.append("  ").append(Shown.span(1000 * (total - done) / speed)).append(" left");
    }
    return note.isEmpty() ? text.toString() : text.append("  ").append(note).toString();
  }

  private static String bar(long done, @Nullable Long total, int width) {
    if (total == null || width < NARROWEST_BAR) {
      return "";
    }
    int percent = (int) Math.min(100, 100 * done / total);
    int filled = percent * width / 100;
    return "[" + "#".repeat(filled) + " ".repeat(width - filled) + "] " + percent + "%  ";
  }

  private static Instant start(ProgressState progress) {
    Instant start = progress.getStartInstant();
    return start == null ? Instant.now() : start;
  }
}
