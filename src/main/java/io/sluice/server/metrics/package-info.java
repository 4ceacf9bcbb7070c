/** The metrics of the service. */
@NullMarked
package io.sluice.server.metrics;

import org.jspecify.annotations.NullMarked;
