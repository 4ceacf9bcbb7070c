/** Tests of the package of the same name. */
@NullMarked
package io.sluice.pipeline.exports;

import org.jspecify.annotations.NullMarked;
