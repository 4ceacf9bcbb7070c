package io.sluice.pipeline.imports.apply;

/** A change on its way, and what it has cost so far. */
public record PendingChange(Change change, CallStats stats) {}
