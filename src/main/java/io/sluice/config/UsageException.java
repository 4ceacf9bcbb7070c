package io.sluice.config;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done as it was asked; nothing has been done. */
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

  /** What would be right, if that can be said. */
  public @Nullable String hint() {
    return hint;
  }
}
