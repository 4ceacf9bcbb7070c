/** Feeds over real HTTP on loopback. */
@NullMarked
package io.sluice.pipeline.feed;

import org.jspecify.annotations.NullMarked;
