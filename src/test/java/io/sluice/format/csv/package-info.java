/** Tests of the package of the same name. */
@NullMarked
package io.sluice.format.csv;

import org.jspecify.annotations.NullMarked;
