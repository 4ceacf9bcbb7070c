/** Tests of the package of the same name. */
@NullMarked
package io.sluice.server.http;

import org.jspecify.annotations.NullMarked;
