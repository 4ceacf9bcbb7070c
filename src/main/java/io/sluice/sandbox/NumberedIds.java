package io.sluice.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows ids as JSON numbers, as the API once did, and understands them when they come back. */
final class NumberedIds {
  private static final long BITS = (1L << 53) - 1;

  private final Map<String, String> originals = new ConcurrentHashMap<>();

  PageShape shape() {
    return PageShape.TRUE.record(this::numbered);
  }

  /** The id that was shown as that number, or the text itself. */
  String original(String id) {
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
