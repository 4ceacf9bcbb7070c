/** JSON records: one a line, or in one array. */
@NullMarked
package io.sluice.format.json;

import org.jspecify.annotations.NullMarked;
