/**
 * Work that outlives a request and a process: jobs, who runs them, and the files that belong to
 * them. Knows the pipelines and a database, and nothing of HTTP.
 */
@NullMarked
package io.sluice.job;

import org.jspecify.annotations.NullMarked;
