/** Tests of the package of the same name. */
@NullMarked
package io.sluice.job.quota;

import org.jspecify.annotations.NullMarked;
