package io.sluice.flow;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lets at most so many calls be under way at once; the others wait, first come, first served. */
public final class CallSlots {
  private final AtomicInteger free;
  private final FifoGate<Slot> gate = new FifoGate<>(Slot::free, Slot::free, () -> {});

  /** One of the calls that may be under way. */
  private final class Slot {
    private final AtomicBoolean used = new AtomicBoolean(true);

    void free() {
      if (used.compareAndSet(true, false)) {
        free.incrementAndGet();
        gate.drain();
      }
    }
  }

  /**
   * @param most how many calls may be under way at once, at least 1
   */
  public CallSlots(int most) {
    this.free = new AtomicInteger(most);
  }

  /**
   * The call, once there is a slot for it, which it keeps until it ends or is cancelled. A call
   * must not wait for another one of the same slots.
   */
  public <T> Mono<T> within(Mono<T> call) {
    return Mono.defer(
        () -> {
          // Nearly always there is one: then nothing is queued.
          Slot slot = take();
          return slot == null
              ? gate.enter(() -> {}, this::take).flatMap(later -> during(later, call))
              : during(slot, call);
        });
  }

  private <T> Mono<T> during(Slot slot, Mono<T> call) {
    return call.doFinally(end -> slot.free());
  }

  private @Nullable Slot take() {
    int left = free.get();
    while (left > 0) {
      if (free.compareAndSet(left, left - 1)) {
        return new Slot();
      }
      left = free.get();
    }
    return null;
  }
}
