/** CSV: cells, headers, what columns mean, and the way back. RFC 4180. */
@NullMarked
package io.sluice.format.csv;

import org.jspecify.annotations.NullMarked;
