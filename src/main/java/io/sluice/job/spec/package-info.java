/**
 * What jobs are asked to do, one record a kind of job, as they are stored and as the API takes
 * them.
 */
@NullMarked
package io.sluice.job.spec;

import org.jspecify.annotations.NullMarked;
