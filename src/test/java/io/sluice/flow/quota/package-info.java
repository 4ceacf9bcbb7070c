/** Tests of the package of the same name. */
@NullMarked
package io.sluice.flow.quota;

import org.jspecify.annotations.NullMarked;
