/**
 * What a run tells of itself: what became of each row, how it ended, and the files that say so. The
 * journal from which it can go on is in {@code journal}. Knows no snapshots.
 */
@NullMarked
package io.sluice.report;

import org.jspecify.annotations.NullMarked;
