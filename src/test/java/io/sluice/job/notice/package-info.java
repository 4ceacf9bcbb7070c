@NullMarked
package io.sluice.job.notice;

import org.jspecify.annotations.NullMarked;
