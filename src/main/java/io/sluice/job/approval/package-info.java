/**
 * Four eyes: plans that wait for approval by another person. Uses the store and the audit trail.
 */
@NullMarked
package io.sluice.job.approval;

import org.jspecify.annotations.NullMarked;
