package io.sluice.sandbox.data;

import io.sluice.catalog.Resource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A record on its way into a {@link Store}: its bytes, and what it is found and ordered by. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Row(byte[] bytes, long id, long key, long created, String idText) {

  /** Reads the id, the natural key and the time of creation out of the bytes. */
  public static Row of(Resource resource, byte[] bytes) {
    RawObject raw = RawObject.of(bytes);
    StringBuilder key = new StringBuilder();
    for (String field : resource.key()) {
      key.append(raw.textOr(field, "")).append('\0');
    }
    String id = raw.textOr("id", "");
    return new Row(
        bytes,
        HashIndex.hash(id),
        HashIndex.hash(key.toString()),
        nanos(raw.text("created_at")),
        id);
  }

  /** The hash of a natural key, given its values in the catalogue's order. */
  public static long keyHash(Iterable<String> values) {
    StringBuilder key = new StringBuilder();
    for (String value : values) {
      key.append(value).append('\0');
    }
    return HashIndex.hash(key.toString());
  }

  /** A time as nanoseconds since 1970; one that is absent or no time comes before all others. */
  static long nanos(@Nullable String timestamp) {
    if (timestamp == null) {
      return Long.MIN_VALUE;
    }
    try {
      return nanos(OffsetDateTime.parse(timestamp).toInstant());
    } catch (DateTimeException | ArithmeticException none) {
      return Long.MIN_VALUE;
    }
  }

  public static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }

  /** True if this row is listed after one of that time and id. */
  boolean after(long otherCreated, String otherId) {
    return created > otherCreated || (created == otherCreated && idText.compareTo(otherId) >= 0);
  }
}
