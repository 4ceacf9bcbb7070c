/** Sends planned changes, one by one or in batches, and finds out what became of each. */
@NullMarked
package io.sluice.pipeline.imports.apply;

import org.jspecify.annotations.NullMarked;
