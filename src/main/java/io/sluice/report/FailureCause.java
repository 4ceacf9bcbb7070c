package io.sluice.report;

import org.jspecify.annotations.Nullable;

/**
 * Rows that went wrong in the same way.
 *
 * @param outcome how they ended
 * @param code the cause's short name
 * @param message what happened
 * @param count how many rows
 * @param row the first of them; 0 for a mirror's delete
 * @param line where it begins
 * @param key its natural key
 * @param retryable whether the same call may succeed later
 */
public record FailureCause(
    Outcome outcome,
    @Nullable String code,
    @Nullable String message,
    long count,
    long row,
    long line,
    String key,
    boolean retryable) {}
