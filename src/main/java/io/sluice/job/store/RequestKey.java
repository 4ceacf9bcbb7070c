package io.sluice.job.store;

/**
 * The key of a request that has its effect once, however often it is sent.
 *
 * @param caller the id of its sender
 * @param target what it is sent to
 * @param text the caller's own name for it
 * @param digest stands for all that it asks for
 */
public record RequestKey(String caller, String target, String text, String digest) {}
