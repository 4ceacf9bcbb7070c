/** Tests of the hash and of the table that finds things by it. */
@NullMarked
package io.sluice.hash;

import org.jspecify.annotations.NullMarked;
