/** Records what is sent and what came of it, and writes the report and the failed rows. */
@NullMarked
package io.sluice.pipeline.imports.results;

import org.jspecify.annotations.NullMarked;
