package io.sluice.sandbox.api;

import io.sluice.sandbox.data.HashIndex;
import io.sluice.sandbox.data.RawObject;
import io.sluice.sandbox.fault.PageShape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows ids as JSON numbers, as the API once did, and understands them when they come back. */
public final class NumberedIds {
  private static final long BITS = (1L << 53) - 1;

  private final Map<String, String> originals = new ConcurrentHashMap<>();

  public PageShape shape() {
    return PageShape.TRUE.record(this::numbered);
  }

  /** The id that was shown as that number, or the text itself. */
  public String original(String id) {
    return originals.getOrDefault(id, id);
  }

  private byte[] numbered(byte[] json) {
    RawObject record = RawObject.of(json);
    String id = record.text("id");
    if (id == null) {
      return json;
    }
    String number = Long.toString(HashIndex.hash(id) & BITS);
    originals.put(number, id);
    return record.withRaw("id", number).bytes();
  }
}
