/** Files as text: decompressed, decoded, cut into lines, and told apart from what is no text. */
@NullMarked
package io.sluice.format.text;

import org.jspecify.annotations.NullMarked;
