/** Notices: kept in the database, and sent to the targets of the configuration. */
@NullMarked
package io.sluice.job.notice;

import org.jspecify.annotations.NullMarked;
