package io.sluice.job;

/**
 * What makes a request have its effect once, however often it is sent.
 *
 * @param caller who sends it
 * @param text the caller's own name for it
 * @param digest stands for all that it asks for
 */
public record RequestKey(String caller, String text, String digest) {}
