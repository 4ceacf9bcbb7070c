/** Tests of what a run tells of itself. */
@NullMarked
package io.sluice.report;

import org.jspecify.annotations.NullMarked;
