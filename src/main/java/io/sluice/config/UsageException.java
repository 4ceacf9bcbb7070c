package io.sluice.config;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The request is wrong; nothing has been done. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final @Nullable String hint;

  /**
   * @param message what is wrong
   * @param hint what would be right
   */
  public UsageException(String message, @Nullable String hint) {
    super(message);
    this.hint = hint;
  }

  /**
   * The value, unless what it is made of cannot be used.
   *
   * @param place stands before what is wrong with it: {@code "--mode: "}, or nothing
   * @throws UsageException for an {@link IllegalArgumentException}
   */
  public static <T> T checked(String place, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(place + unusable.getMessage(), null);
    }
  }

  /** What would be right, if that can be said. */
  public @Nullable String hint() {
    return hint;
  }
}
