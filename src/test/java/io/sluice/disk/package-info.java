/** Tests of files and sets that outgrow the heap. */
@NullMarked
package io.sluice.disk;

import org.jspecify.annotations.NullMarked;
