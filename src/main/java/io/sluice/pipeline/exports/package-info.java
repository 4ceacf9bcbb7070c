/** Writes what an account holds to a snapshot or a file. */
@NullMarked
package io.sluice.pipeline.exports;

import org.jspecify.annotations.NullMarked;
