/** Tests of what rows would do to an account. */
@NullMarked
package io.sluice.plan;

import org.jspecify.annotations.NullMarked;
