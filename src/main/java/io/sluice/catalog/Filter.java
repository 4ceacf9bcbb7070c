package io.sluice.catalog;

/**
 * A query parameter by which a resource's listing can be narrowed.
 *
 * @param name the parameter
 * @param repeatable whether it may be given more than once
 */
public record Filter(String name, boolean repeatable) {}
