/**
 * Work that outlives a request and a process: jobs, what is known of them, and who runs them. Knows
 * the pipelines and a database, and nothing of HTTP.
 */
@NullMarked
package io.sluice.job;

import org.jspecify.annotations.NullMarked;
