package io.sluice.cli;

import java.time.Duration;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Shows how far one piece of work is. */
interface ProgressView extends AutoCloseable {

  /** So much is done, of so much if that is known. */
  void show(long done, @Nullable Long total);

  /** Makes room for a line of text. */
  void interrupt();

  @Override
  void close();

  /** A bar on a terminal, lines elsewhere, nothing if nothing shall be shown. */
  static ProgressView of(Console console, String task, Supplier<String> remark) {
    if (console.quiet()) {
      return new Silent();
    }
    return console.terminal() ? new Bar(console, task, remark) : new Lines(console, task, remark);
  }

  /** Shows nothing. */
  final class Silent implements ProgressView {
    @Override
    public void show(long done, @Nullable Long total) {}

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
  }

  /** A bar that is redrawn in place. */
  final class Bar implements ProgressView {
    private final Console console;
    private final Supplier<String> remark;
    private final ProgressBar bar;

    Bar(Console console, String task, Supplier<String> remark) {
      this.console = console;
      this.remark = remark;
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUnit(" rows", 1)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(250)
              .setConsumer(new ConsoleProgressBarConsumer(console.err(), Terminals.width() - 1))
              .build();
    }

    @Override
    public void show(long done, @Nullable Long total) {
      bar.maxHint(total == null ? -1 : total);
      bar.stepTo(done);
      bar.setExtraMessage(" " + remark.get());
    }

    @Override
    public void interrupt() {
      console.err().print("\r\u001b[K");
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line every ten seconds. */
  final class Lines implements ProgressView {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private final Disposable timer;
    private final long start = System.nanoTime();
    private volatile long done;
    private volatile @Nullable Long total;

    Lines(Console console, String task, Supplier<String> remark) {
      this.timer =
          Flux.interval(EVERY)
              .subscribe(
                  tick -> {
                    String note = remark.get();
                    console.note(task + ": " + sofar() + (note.isEmpty() ? "" : "; " + note));
                  });
    }

    @Override
    public void show(long now, @Nullable Long all) {
      done = now;
      total = all;
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {
      timer.dispose();
    }

    private String sofar() {
      double seconds = (System.nanoTime() - start) / 1e9;
      long speed = Math.round(done / seconds);
      Long all = total;
      String of = all == null ? "" : " of " + Shown.count(all);
      String eta =
          all == null || speed == 0 ? "" : ", " + Shown.span(1000 * (all - done) / speed) + " left";
      return Shown.count(done) + of + " rows, " + Shown.count(speed) + "/s" + eta;
    }
  }
}
