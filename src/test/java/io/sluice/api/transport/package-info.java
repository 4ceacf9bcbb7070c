/** Tests of the package of the same name. */
@NullMarked
package io.sluice.api.transport;

import org.jspecify.annotations.NullMarked;
