package io.sluice.job.keys;

/**
 * The name, role and dates of a key: never the key itself.
 *
 * @param id tells it from every other key that there is or was, also of the same name
 * @param name stands for the holder in what was done with it
 */
public record ApiKey(long id, String name, Role role) {}
