/**
 * Inputs that come from another server: fetched into a file, unless they are as they were when they
 * were imported last.
 */
@NullMarked
package io.sluice.pipeline.feed;

import org.jspecify.annotations.NullMarked;
