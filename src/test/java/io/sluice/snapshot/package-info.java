/** Tests of snapshots on disk. */
@NullMarked
package io.sluice.snapshot;

import org.jspecify.annotations.NullMarked;
