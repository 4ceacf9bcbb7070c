/** One 64-bit hash for texts and bytes. Imports no other package of Sluice. */
@NullMarked
package io.sluice.hash;

import org.jspecify.annotations.NullMarked;
