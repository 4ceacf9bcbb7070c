package io.sluice.flow;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Delivers messages one at a time, in the order in which they were added, with no lock held. */
public final class SerialNotifier {
  private final ConcurrentLinkedQueue<Runnable> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger work = new AtomicInteger();

  public void add(Runnable message) {
    messages.add(message);
  }

  public void deliver() {
    if (messages.isEmpty() || work.getAndIncrement() != 0) {
      return;
    }
    do {
      for (Runnable next = messages.poll(); next != null; next = messages.poll()) {
        next.run();
      }
    } while (work.decrementAndGet() != 0);
  }
}
