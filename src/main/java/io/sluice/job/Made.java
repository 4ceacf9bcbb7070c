package io.sluice.job;

/**
 * What a request has made.
 *
 * @param again true if an earlier request with the same key has made it
 */
public record Made<T>(T thing, boolean again) {}
