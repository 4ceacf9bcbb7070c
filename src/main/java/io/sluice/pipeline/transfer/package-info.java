/** Imports of several kinds of records that belong together: a restore, a migration. */
@NullMarked
package io.sluice.pipeline.transfer;

import org.jspecify.annotations.NullMarked;
