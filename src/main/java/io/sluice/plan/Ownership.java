package io.sluice.plan;

import io.sluice.catalog.CommentTag;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the records of a run, and their last day.
 *
 * @param owner the owner of the run's records; null if the run leaves owners as they are
 * @param adopt whose records the run takes over, beside its own: {@link #UNOWNED} for those without
 *     an owner; null for none
 * @param expires when records end whose rows do not say it; null if they do not end
 */
public record Ownership(@Nullable String owner, @Nullable String adopt, @Nullable Expiry expires) {
  /** Stands for records that have no owner. */
  public static final String UNOWNED = "";

  /** Owners and ends stay as they are, unless a row says otherwise. */
  public static final Ownership NONE = new Ownership(null, null, null);

  /**
   * Reads what was given.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  public static Ownership of(
      @Nullable String owner, @Nullable String adopt, @Nullable String expires) {
    requireName(owner);
    requireName(UNOWNED.equals(adopt) ? null : adopt);
    return new Ownership(owner, adopt, expires == null ? null : Expiry.parse(expires));
  }

  /**
   * Checks a name of an owner.
   *
   * @throws IllegalArgumentException if it can be none
   */
  public static void requireName(@Nullable String owner) {
    if (owner != null && !CommentTag.isOwner(owner)) {
      throw new IllegalArgumentException(
          "'" + owner + "' is not an owner: 1 to 40 of a-z, 0-9, '.', '_' and '-'");
    }
  }

  /** True if the run leaves owners and ends as they are. */
  public boolean isNone() {
    return owner == null && adopt == null && expires == null;
  }

  /**
   * True if the run may change a record of that owner.
   *
   * @param other null for a record without an owner
   */
  public boolean mayChange(@Nullable String other) {
    return owner == null
        || owner.equals(other)
        || (adopt != null && adopt.equals(other == null ? UNOWNED : other));
  }

  /** True if the run's own records alone may be deleted for lack of a row, and this is none. */
  public boolean spares(@Nullable String other) {
    return owner != null && !owner.equals(other);
  }
}
