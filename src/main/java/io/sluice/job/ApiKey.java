package io.sluice.job;

/**
 * What is known of a key: never the key itself.
 *
 * @param name tells keys apart, and stands for the holder in what was done with it
 */
public record ApiKey(String name, Role role) {}
