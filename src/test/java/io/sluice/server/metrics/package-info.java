/** Tests of the package of the same name. */
@NullMarked
package io.sluice.server.metrics;

import org.jspecify.annotations.NullMarked;
