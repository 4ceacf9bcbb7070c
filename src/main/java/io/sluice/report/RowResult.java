package io.sluice.report;

import org.jspecify.annotations.Nullable;

/**
 * The result of one row.
 *
 * @param row counts data rows from 1; 0 for a mirror's delete, which has no input row
 * @param line the physical line on which the row begins; 0 for a mirror's delete
 * @param outcome how it ended
 * @param action what was done, or would have been
 * @param id the record in the account, if one is known
 * @param key the natural key as the row gives it, for people to recognise it by
 * @param httpStatus of the answer that decided, or 0
 * @param code a short stable name of the cause, or Cloudflare's number
 * @param pointer the part of the row that is at fault
 * @param message what happened, for people
 * @param attempts how many calls were made for the row
 * @param retryable whether the same call may succeed later
 * @param durationMillis from the first sending to the answer that decided
 * @param ray the id of the answer, which Cloudflare's support asks for
 */
public record RowResult(
    long row,
    long line,
    Outcome outcome,
    Action action,
    @Nullable String id,
    String key,
    int httpStatus,
    @Nullable String code,
    @Nullable String pointer,
    @Nullable String message,
    int attempts,
    boolean retryable,
    long durationMillis,
    @Nullable String ray) {

  /** The code of a create whose record the account has. Resumed runs go by it. */
  public static final String EXISTS = "exists";

  /** The code of an update or a delete whose record the account lacks. Resumed runs go by it. */
  public static final String NOT_FOUND = "not_found";

  /** The code of a row that the run stopped before. */
  public static final String STOPPED = "stopped";

  /** The code of a row that was given up, because the API gave no useful answers. */
  public static final String GAVE_UP = "gave_up";

  /** The code of a change that a saved plan holds, and whose record is not as it was planned. */
  public static final String MOVED = "moved";

  /** A result without any call behind it. */
  public static RowResult uncalled(
      long row, long line, Outcome outcome, Action action, @Nullable String id, String key) {
    return new RowResult(
        row, line, outcome, action, id, key, 0, null, null, null, 0, false, 0, null);
  }

  /** The same with the reason for it. */
  public RowResult because(
      @Nullable String newCode, @Nullable String newPointer, String newMessage) {
    return new RowResult(
        row,
        line,
        outcome,
        action,
        id,
        key,
        httpStatus,
        newCode,
        newPointer,
        newMessage,
        attempts,
        retryable,
        durationMillis,
        ray);
  }

  /** The same for the row of that number. */
  public RowResult ofRow(long number) {
    return number == row
        ? this
        : new RowResult(
            number,
            line,
            outcome,
            action,
            id,
            key,
            httpStatus,
            code,
            pointer,
            message,
            attempts,
            retryable,
            durationMillis,
            ray);
  }

  /**
   * True if trying again may help: the row was not sent, is in doubt, or failed for a cause that
   * passes. A row that is wrong in itself is no such row.
   */
  public boolean mayGoThrough() {
    return outcome.isOpen() || (outcome == Outcome.FAILED && retryable);
  }

  /** True if the row is not of the input: a mirror deletes what the input lacks. */
  public boolean withoutRow() {
    return row == 0;
  }
}
