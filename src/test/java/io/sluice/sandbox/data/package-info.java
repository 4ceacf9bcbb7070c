/** Tests of the package of the same name. */
@NullMarked
package io.sluice.sandbox.data;

import org.jspecify.annotations.NullMarked;
