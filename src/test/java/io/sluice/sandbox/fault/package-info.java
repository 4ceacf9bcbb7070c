/** Tests of the package of the same name. */
@NullMarked
package io.sluice.sandbox.fault;

import org.jspecify.annotations.NullMarked;
