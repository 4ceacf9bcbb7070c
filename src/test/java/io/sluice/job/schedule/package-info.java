@NullMarked
package io.sluice.job.schedule;

import org.jspecify.annotations.NullMarked;
