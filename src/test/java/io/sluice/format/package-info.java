/** Tests of how files are read, and of the way from a record to a file and back. */
@NullMarked
package io.sluice.format;

import org.jspecify.annotations.NullMarked;
