/** Tests of the package of the same name. */
@NullMarked
package io.sluice.server.access;

import org.jspecify.annotations.NullMarked;
