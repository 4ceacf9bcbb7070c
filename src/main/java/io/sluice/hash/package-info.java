/**
 * One 64-bit hash for texts and bytes, and one table that finds things by such hashes. Imports no
 * other package of Sluice.
 */
@NullMarked
package io.sluice.hash;

import org.jspecify.annotations.NullMarked;
