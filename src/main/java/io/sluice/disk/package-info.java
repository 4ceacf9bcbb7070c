/**
 * Floor 1: files that are private, locked, counted, and on the disk before they count. Imports no
 * other package of Sluice.
 */
@NullMarked
package io.sluice.disk;

import org.jspecify.annotations.NullMarked;
