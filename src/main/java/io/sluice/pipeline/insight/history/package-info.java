/** What changed between the snapshots of one account, oldest first. */
@NullMarked
package io.sluice.pipeline.insight.history;

import org.jspecify.annotations.NullMarked;
