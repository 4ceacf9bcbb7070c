/** The keys that open the service, and who is at the console. */
@NullMarked
package io.sluice.job.keys;

import org.jspecify.annotations.NullMarked;
