/** Jobs that are made again and again, and backups that are overdue. */
@NullMarked
package io.sluice.job.schedule;

import org.jspecify.annotations.NullMarked;
