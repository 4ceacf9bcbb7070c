/** Files as text: decompressed, decoded, cut into lines, and recognised when they are no text. */
@NullMarked
package io.sluice.format.text;

import org.jspecify.annotations.NullMarked;
