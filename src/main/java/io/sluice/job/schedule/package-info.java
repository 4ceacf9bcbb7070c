/** When schedules are due: cron expressions, and what they mean where clocks change. */
@NullMarked
package io.sluice.job.schedule;

import org.jspecify.annotations.NullMarked;
