/**
 * Floor 4: what a run tells of itself: what became of each row, how it ended, what went wrong and
 * what to do about it.
 */
@NullMarked
package io.sluice.report;

import org.jspecify.annotations.NullMarked;
