/** Faults of calls to the stand-in. */
@NullMarked
package io.sluice.sandbox.fault;

import org.jspecify.annotations.NullMarked;
