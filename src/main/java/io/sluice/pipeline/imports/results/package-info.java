/**
 * The results of a run: reads back what earlier processes of it did, and writes the report and the
 * failed rows.
 */
@NullMarked
package io.sluice.pipeline.imports.results;

import org.jspecify.annotations.NullMarked;
