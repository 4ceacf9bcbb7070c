/** Jobs, events and requests in the database, H2 or PostgreSQL, and the way to it. */
@NullMarked
package io.sluice.job.store;

import org.jspecify.annotations.NullMarked;
