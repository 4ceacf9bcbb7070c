/**
 * The journal of a run: what it is about to send and what came of it, so that it can be resumed.
 */
@NullMarked
package io.sluice.report.journal;

import org.jspecify.annotations.NullMarked;
