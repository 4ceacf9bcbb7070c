package io.sluice.sandbox.data;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes ids and times. Ids follow from the seed. Records made by a call bear the clock's time, in
 * microseconds, never twice the same; so clients can tell them from older ones.
 */
public final class IdGenerator {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SplittableRandom random;
  private final InstantSource clock;
  private Instant last = Instant.MIN;

  public IdGenerator(long seed, InstantSource clock) {
    this.random = new SplittableRandom(seed);
    this.clock = clock;
  }

  /** A version 4 UUID. */
  public String id() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Now, but later than every time given before. */
  public Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    return last;
  }

  public static String text(Instant time) {
    return RFC_3339.format(time);
  }
}
