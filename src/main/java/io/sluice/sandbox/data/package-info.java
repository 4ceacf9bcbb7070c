/** The records that the stand-in holds, as raw bytes, and where made-up ones come from. */
@NullMarked
package io.sluice.sandbox.data;

import org.jspecify.annotations.NullMarked;
