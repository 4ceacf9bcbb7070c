/** The work of a job of each kind, with the same pipelines as the command line. */
@NullMarked
package io.sluice.job.work;

import org.jspecify.annotations.NullMarked;
