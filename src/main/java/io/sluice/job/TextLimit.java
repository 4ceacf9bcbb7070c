package io.sluice.job;

/**
 * How long the texts may be that people give: the one place that the columns of the database, the
 * checks of requests and the description of the API follow. Lengths are in characters (code
 * points), of which one may take two places in a column.
 */
public enum TextLimit {
  /** The name of a key. */
  KEY_NAME("a key's name", 64),
  /** The name of a schedule. */
  SCHEDULE_NAME("a schedule's name", 60),
  /** The times of a schedule. */
  CRON("a cron expression", 100),
  /** The time zone of a schedule. */
  ZONE("the name of a time zone", 60),
  /** The name of a file that is sent. */
  FILE_NAME("a file's name", 200),
  /** The name of a profile. */
  PROFILE_NAME("a profile's name", 400),
  /** What makes a repeated request known. */
  IDEMPOTENCY_KEY("an Idempotency-Key", 255);

  private final String what;
  private final int most;

  TextLimit(String what, int most) {
    this.what = what;
    this.most = most;
  }

  /** How many characters there may be. */
  public int most() {
    return most;
  }

  /**
   * Checks a text.
   *
   * @throws IllegalArgumentException if it is empty or too long
   */
  public void require(String text) {
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > most) {
      throw new IllegalArgumentException(
          what + " has 1 to " + most + " characters; this one has " + length);
    }
  }
}
