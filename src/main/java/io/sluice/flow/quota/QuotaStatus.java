package io.sluice.flow.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a governor knows at one moment, for a progress display.
 *
 * @param remaining the calls left in the tightest window, those in flight subtracted; null if no
 *     window is known
 * @param quota the calls that window allows in all; null if not known
 * @param reset the time until that window ends, or until its next call comes free; null if not
 *     known
 * @param delay zero if a call could go now or waits only for answers in flight; else the time until
 *     the next may go
 * @param waiting callers in the queue
 * @param inFlight permits handed out and not yet settled
 */
public record QuotaStatus(
    @Nullable Long remaining,
    @Nullable Long quota,
    @Nullable Duration reset,
    Duration delay,
    int waiting,
    int inFlight) {}
