package io.sluice.cli;

import java.time.Duration;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
    private static final int EVERY_MILLIS = 250;
    private final Console console;
    private final ProgressBar bar;

    Bar(Console console, String task, Supplier<String> remark) {
      this.console = console;
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUpdateIntervalMillis(EVERY_MILLIS)
              .continuousUpdate()
              .setRenderer(new ProgressLine(remark))
              .setConsumer(new ConsoleProgressBarConsumer(console.err(), Terminals.width() - 1))
              .build();
    }

    @Override
    public void show(long done, @Nullable Long total) {
      bar.maxHint(total == null ? -1 : total);
      bar.stepTo(done);
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
                    long millis = (System.nanoTime() - start) / 1_000_000;
                    console.note(task + "  " + ProgressLine.figures(done, total, millis, remark));
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
  }
}
