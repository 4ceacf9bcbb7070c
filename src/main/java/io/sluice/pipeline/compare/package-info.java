/**
 * Says what would have to happen to one side for it to become the other, a side being a snapshot, a
 * file or a live account. Changes nothing anywhere.
 */
@NullMarked
package io.sluice.pipeline.compare;

import org.jspecify.annotations.NullMarked;
