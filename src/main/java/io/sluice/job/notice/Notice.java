package io.sluice.job.notice;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a target is to hear of.
 *
 * @param event what happened: one of the events of a target, or {@code test}
 * @param subject what it is about, which tells it apart from others of that event
 * @param job the id of the job that it is about; empty for none
 * @param body what is sent, as a JSON object that every format is made of
 * @param nextAt when it is tried next, while it waits
 * @param lastError why it could not be sent the last time; null if it could
 * @param endedAt when it was sent or given up; null while it waits
 */
public record Notice(
    long id,
    String target,
    String event,
    String subject,
    String job,
    String body,
    State state,
    Instant madeAt,
    Instant nextAt,
    int attempts,
    @Nullable String lastError,
    @Nullable Instant endedAt) {
  /** The event of a notice that only shows that it arrives. */
  public static final String TEST = "test";

  /** What has become of it. */
  public enum State {
    /** It is tried again and again. */
    WAITING,
    /** The target has taken it. */
    SENT,
    /** It was tried for a day. */
    FAILED;

    /** The name in the API and in the database. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
