package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import io.sluice.plan.RecordDiff;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that would have to happen for the first side to become the second.
 *
 * @param resource what the record is
 * @param key how people recognise it
 * @param id the record's id on the first side; null if it is not there, or has none
 * @param laterId the record's id on the second side; null if it is not there, or has none
 * @param place which side it is on
 * @param diff what would have to happen
 */
public record Difference(
    Resource resource,
    String key,
    @Nullable String id,
    @Nullable String laterId,
    Place place,
    RecordDiff diff) {

  /** The sides that a record is on. */
  public enum Place {
    FIRST,
    SECOND,
    BOTH
  }

  /** The kinds of differences. */
  public enum Kind {
    /** Only on the second side. */
    CREATED,
    /** On both, with other values. */
    CHANGED,
    /** Only on the first side. */
    DELETED,
    /** Nobody can make it happen: no reason to call the sides different. */
    CANNOT_TRAVEL;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The kind as it is written in JSON. */
    public String label() {
      return label;
    }
  }

  /** Which kind of difference it is. */
  public Kind kind() {
    if (diff instanceof RecordDiff.Created) {
      return Kind.CREATED;
    } else if (diff instanceof RecordDiff.Changed) {
      return Kind.CHANGED;
    }
    return diff instanceof RecordDiff.Deleted ? Kind.DELETED : Kind.CANNOT_TRAVEL;
  }
}
