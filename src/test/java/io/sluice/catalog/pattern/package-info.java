/** Tests of the checks and the spellings of patterns. */
@NullMarked
package io.sluice.catalog.pattern;

import org.jspecify.annotations.NullMarked;
