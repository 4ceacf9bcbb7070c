package io.sluice.cli.progress;

import io.sluice.cli.Console;
import io.sluice.cli.text.Terminals;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Shows on standard error how far a phase is, until it is closed. Thread-safe. */
public interface ProgressView extends AutoCloseable {

  /** Prints something else, out of the way of what is drawn. */
  void aside(Runnable printing);

  /** Ends it; what was drawn stays, as it is at the end. */
  void keep();

  /** Ends it; what was drawn goes. Does nothing if it has ended. */
  @Override
  void close();

  /** Redrawn in place on a terminal, a line now and then elsewhere, nothing if quiet. */
  static ProgressView of(Console console, Supplier<ProgressLine> now) {
    if (console.quiet()) {
      return new Silent();
    }
    return console.terminal() ? new Drawn(console, now) : new Lines(console, now);
  }

  /** Shows nothing. */
  final class Silent implements ProgressView {
    @Override
    public void aside(Runnable printing) {
      printing.run();
    }

    @Override
    public void keep() {}

    @Override
    public void close() {}
  }

  /** Lines that are redrawn in place. */
  final class Drawn implements ProgressView {
    private static final Duration EVERY = Duration.ofMillis(250);

    /** The terminal may have become wider or narrower meanwhile. */
    private static final int MEASURED_EVERY = 16;

    /** An interrupted terminal echoes two characters. */
    private static final int ROOM_FOR_ECHO = 3;

    private final Console console;
    private final Supplier<ProgressLine> now;
    private final Disposable timer;
    private int drawn;
    private int width;
    private boolean ended;

    Drawn(Console console, Supplier<ProgressLine> now) {
      this.console = console;
      this.now = now;
      this.timer =
          Flux.interval(Duration.ZERO, EVERY, Schedulers.boundedElastic())
              .onBackpressureDrop()
              .subscribe(this::tick);
    }

    private synchronized void tick(long number) {
      if (ended) {
        return;
      }
      if (number % MEASURED_EVERY == 0) {
        width = Terminals.width() - ROOM_FOR_ECHO;
      }
      draw();
    }

    private void draw() {
      List<String> lines = now.get().lines(width);
      console.err().print(wiped() + String.join("\n", lines));
      console.err().flush();
      drawn = lines.size();
    }

    /** What takes the drawn lines off the screen and leaves the cursor where they began. */
    private String wiped() {
      return drawn == 0 ? "" : "\r" + "\u001b[1A".repeat(drawn - 1) + "\u001b[J";
    }

    @Override
    public synchronized void aside(Runnable printing) {
      wipe();
      printing.run();
    }

    @Override
    public synchronized void keep() {
      if (!ended) {
        width = width == 0 ? Terminals.width() - ROOM_FOR_ECHO : width;
        draw();
        console.err().println();
        drawn = 0;
      }
      close();
    }

    @Override
    public synchronized void close() {
      ended = true;
      timer.dispose();
      wipe();
    }

    private void wipe() {
      if (drawn > 0) {
        console.err().print(wiped());
        console.err().flush();
        drawn = 0;
      }
    }
  }

  /** A line every ten seconds. */
  final class Lines implements ProgressView {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int PRINTED_EVERY = 10;
    private final Disposable timer;

    Lines(Console console, Supplier<ProgressLine> now) {
      this.timer =
          Flux.interval(EVERY, Schedulers.boundedElastic())
              .onBackpressureDrop()
              .subscribe(
                  tick -> {
                    ProgressLine line = now.get();
                    if (tick % PRINTED_EVERY == PRINTED_EVERY - 1) {
                      console.note(line.plain());
                    }
                  });
    }

    @Override
    public void aside(Runnable printing) {
      printing.run();
    }

    @Override
    public void keep() {
      close();
    }

    @Override
    public void close() {
      timer.dispose();
    }
  }
}
