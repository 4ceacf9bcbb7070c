package io.sluice.pipeline.imports;

/** A change on its way, and what it has cost so far. */
record Item(Change change, Effort effort) {}
