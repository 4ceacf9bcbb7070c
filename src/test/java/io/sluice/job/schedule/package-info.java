/** Tests of the package of the same name. */
@NullMarked
package io.sluice.job.schedule;

import org.jspecify.annotations.NullMarked;
