/**
 * Sends planned changes, one by one or in batches, finds out what became of each, and records both
 * in the journal.
 */
@NullMarked
package io.sluice.pipeline.imports.apply;

import org.jspecify.annotations.NullMarked;
