/** Four eyes: plans that wait for somebody else's approval. Uses the store and the audit trail. */
@NullMarked
package io.sluice.job.approval;

import org.jspecify.annotations.NullMarked;
