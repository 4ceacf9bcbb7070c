/** Which failed calls are made again, when, and what an outage stops. */
@NullMarked
package io.sluice.flow.retry;

import org.jspecify.annotations.NullMarked;
