/** Tests of the house as a whole. */
@NullMarked
package io.sluice;

import org.jspecify.annotations.NullMarked;
