package io.sluice.flow.quota;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** The calls that several processes make with one credential, counted in one place. */
public interface SharedQuota {

  /**
   * Takes calls out of what is left in every one of these quotas. Calls that are taken count,
   * whether they are made or not; they have to be made within {@link #life} of the shortest window.
   * Nothing happens before it is subscribed to.
   *
   * @param wanted the calls that are asked for, and what limits them
   */
  Mono<Slice> take(Request wanted);

  /**
   * Calls that a process asks for.
   *
   * @param quotas what holds for all processes together, in any window, as far as this one knows
   * @param announced those of them that the server announced to this process; none before it
   *     answered. What one process learns this way also limits those that have not learned it yet
   * @param most how many calls are wanted at most, at least one
   */
  record Request(List<Quota> quotas, List<Quota> announced, int most) {
    /** Keeps copies of the lists. */
    public Request {
      quotas = List.copyOf(quotas);
      announced = List.copyOf(announced);
    }
  }

  /**
   * Calls that were taken.
   *
   * @param calls how many; none if nothing is left
   * @param pause how long it is not worth asking again if there are none
   */
  record Slice(int calls, Duration pause) {}

  /** How long calls that were taken may be kept before they are made. */
  static Duration life(Duration window) {
    Duration tenth = window.dividedBy(10);
    Duration longest = Duration.ofSeconds(2);
    return tenth.compareTo(longest) < 0 ? tenth : longest;
  }
}
