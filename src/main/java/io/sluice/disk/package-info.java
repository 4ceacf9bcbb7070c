/**
 * Files that are private, locked, counted, and on the disk before they count; sets that move to the
 * disk when they grow. Imports {@code hash} alone.
 */
@NullMarked
package io.sluice.disk;

import org.jspecify.annotations.NullMarked;
