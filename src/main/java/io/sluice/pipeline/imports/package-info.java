/**
 * Makes an account what the rows of an input say: read, identify, plan, apply, record. Restoring
 * and migrating are the same with another source of rows.
 */
@NullMarked
package io.sluice.pipeline.imports;

import org.jspecify.annotations.NullMarked;
