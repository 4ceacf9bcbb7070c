/** What a job of each kind does, with the same pipelines as the command line. */
@NullMarked
package io.sluice.job.work;

import org.jspecify.annotations.NullMarked;
