/** Files that are on the disk before they count. */
@NullMarked
package io.sluice.disk;

import org.jspecify.annotations.NullMarked;
