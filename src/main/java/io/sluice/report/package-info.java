/**
 * Floor 4: what a run tells of itself: what became of each row, the journal from which it can go on
 * after a crash, how it ended, what went wrong and what to do about it. Imports the floors below
 * and the disk; knows no snapshots.
 */
@NullMarked
package io.sluice.report;

import org.jspecify.annotations.NullMarked;
