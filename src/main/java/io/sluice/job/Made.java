package io.sluice.job;

/**
 * The result of a request that creates something.
 *
 * @param again true if an earlier request with the same key has made it
 */
public record Made<T>(T thing, boolean again) {}
