/** Tests of the package of the same name. */
@NullMarked
package io.sluice.job.store;

import org.jspecify.annotations.NullMarked;
