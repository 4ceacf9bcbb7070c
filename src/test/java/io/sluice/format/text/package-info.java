/** Tests of the package of the same name. */
@NullMarked
package io.sluice.format.text;

import org.jspecify.annotations.NullMarked;
