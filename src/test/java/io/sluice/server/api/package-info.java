/** Tests of the package of the same name. */
@NullMarked
package io.sluice.server.api;

import org.jspecify.annotations.NullMarked;
