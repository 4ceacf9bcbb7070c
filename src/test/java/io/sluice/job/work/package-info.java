/** Tests of the package of the same name. */
@NullMarked
package io.sluice.job.work;

import org.jspecify.annotations.NullMarked;
