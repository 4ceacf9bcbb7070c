package io.sluice.pipeline.insight.history;

import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.insight.RecordName;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds out whether a record is the one that was asked for. */
final class KeySearch {
  private final @Nullable String key;

  KeySearch(@Nullable String key) {
    this.key = key == null ? null : key.strip().toLowerCase(Locale.ROOT);
  }

  boolean isAny() {
    return key == null;
  }

  /** True if it is the record: by its key, by one field of the key alone, or by its id. */
  boolean means(Resource resource, String name, @Nullable String id) {
    String text = name.toLowerCase(Locale.ROOT);
    return key == null
        || text.equals(key)
        || (resource.key().size() == 2 && isField(text, key))
        || key.equals(id == null ? null : id.toLowerCase(Locale.ROOT));
  }

  /** The first field of a key of two holds no blank: it is a type, or an address. */
  private static boolean isField(String text, String asked) {
    int blank = text.indexOf(' ');
    return blank > 0
        && (text.substring(0, blank).equals(asked) || text.substring(blank + 1).equals(asked));
  }

  boolean means(Resource resource, byte[] line, long number) throws IOException {
    ObjectNode record = RecordJson.parse(line, 0, line.length, number);
    RecordName name = RecordName.of(resource, record);
    return means(resource, name.key(), name.id());
  }
}
