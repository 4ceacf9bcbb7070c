/** The stand-in's own HTTP: listening, routing, quota, and each call to the records. */
@NullMarked
package io.sluice.sandbox.api;

import org.jspecify.annotations.NullMarked;
