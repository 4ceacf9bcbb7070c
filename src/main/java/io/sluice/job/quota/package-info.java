/** The quota that the processes on one database share. */
@NullMarked
package io.sluice.job.quota;

import org.jspecify.annotations.NullMarked;
