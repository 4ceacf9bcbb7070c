/** Tests of the catalogue and of the checks that follow from it. */
@NullMarked
package io.sluice.catalog;

import org.jspecify.annotations.NullMarked;
