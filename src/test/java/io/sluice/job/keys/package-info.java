/** Tests of the package of the same name. */
@NullMarked
package io.sluice.job.keys;

import org.jspecify.annotations.NullMarked;
