package io.sluice.report.journal;

import java.time.Instant;

/**
 * How a run ended, in its journal. A run that is resumed ends again.
 *
 * @param exit the number that the process ended with
 * @param at when
 */
public record RunEnd(int exit, Instant at) {}
