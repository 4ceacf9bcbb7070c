/**
 * Plans in files: written after a rehearsal, read and carried out later. Sees the planned rows of
 * its parent, and the input's and the results' types.
 */
@NullMarked
package io.sluice.pipeline.imports.saved;

import org.jspecify.annotations.NullMarked;
