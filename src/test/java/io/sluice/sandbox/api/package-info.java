/** Tests of the package of the same name. */
@NullMarked
package io.sluice.sandbox.api;

import org.jspecify.annotations.NullMarked;
