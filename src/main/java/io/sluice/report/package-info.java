/**
 * The results of a run: the outcome of each row, the summary, and the files that hold them. The
 * journal from which it can go on is in {@code journal}. Knows no snapshots.
 */
@NullMarked
package io.sluice.report;

import org.jspecify.annotations.NullMarked;
