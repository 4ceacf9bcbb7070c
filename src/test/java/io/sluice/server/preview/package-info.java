/** Tests of the package of the same name. */
@NullMarked
package io.sluice.server.preview;

import org.jspecify.annotations.NullMarked;
