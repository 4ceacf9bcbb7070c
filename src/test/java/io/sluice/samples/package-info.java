/** The sample files: how the large one is made, and that all of them are what they claim to be. */
@NullMarked
package io.sluice.samples;

import org.jspecify.annotations.NullMarked;
