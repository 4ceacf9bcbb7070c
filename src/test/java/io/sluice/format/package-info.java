/** Tests of how records become rows, and back. */
@NullMarked
package io.sluice.format;

import org.jspecify.annotations.NullMarked;
