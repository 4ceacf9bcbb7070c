/** What goes wrong with calls to the stand-in. */
@NullMarked
package io.sluice.sandbox.fault;

import org.jspecify.annotations.NullMarked;
