package io.sluice.api.transport;

/** The outcome of asking for a feed. */
public sealed interface FeedAnswer {
  /** It is as it was when the mark was given. */
  record Unchanged() implements FeedAnswer {}

  /**
   * It is in the file.
   *
   * @param mark the version, to be asked with the next time
   */
  record Fetched(FeedMark mark) implements FeedAnswer {}
}
