/** The audit trail: who did what, as a chain in the database. Uses the store alone. */
@NullMarked
package io.sluice.job.audit;

import org.jspecify.annotations.NullMarked;
