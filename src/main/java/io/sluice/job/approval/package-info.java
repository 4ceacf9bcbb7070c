/** Four eyes: plans that wait for approval by another person. Uses the store. */
@NullMarked
package io.sluice.job.approval;

import org.jspecify.annotations.NullMarked;
