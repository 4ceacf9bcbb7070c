package io.sluice.job.keys;

/**
 * A key that was made just now.
 *
 * @param key the key itself, which is nowhere else
 */
public record NewKey(KeyEntry entry, String key) {
  /** Keeps the key to itself. */
  @Override
  public String toString() {
    return entry.toString();
  }
}
