package io.sluice.flow.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One quota policy as one answer told it (Cloudflare's {@code Ratelimit} and {@code
 * Ratelimit-Policy} headers; IETF draft "RateLimit header fields for HTTP").
 *
 * @param policy the policy's name
 * @param quota {@code q}, the calls allowed per window; null if not told
 * @param window {@code w}, the length of the window; null if not told
 * @param remaining {@code r}, the calls left in the current window; null if not told
 * @param reset {@code t}, the time until the window ends, in whole seconds that may have been
 *     rounded either way; null if not told
 */
public record QuotaReading(
    String policy,
    @Nullable Long quota,
    @Nullable Duration window,
    @Nullable Long remaining,
    @Nullable Duration reset) {}
