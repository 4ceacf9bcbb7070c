/** Tests of the package of the same name. */
@NullMarked
package io.sluice.pipeline.transfer;

import org.jspecify.annotations.NullMarked;
