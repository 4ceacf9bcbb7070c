package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens on other threads or in other processes. */
public final class Eventually {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private Eventually() {}

  /** What is there once it is as is wanted, within a minute. */
  public static <T> T is(Supplier<T> now, Predicate<T> wanted) {
    return is(LONGEST, now, wanted);
  }

  /** What is there once it is as is wanted, within that time. */
  public static <T> T is(Duration longest, Supplier<T> now, Predicate<T> wanted) {
    Instant end = Instant.now().plus(longest);
    while (true) {
      T value = now.get();
      if (wanted.test(value)) {
        return value;
      }
      assertThat(Instant.now()).describedAs("%s", value).isBefore(end);
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
