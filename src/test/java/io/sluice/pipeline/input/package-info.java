/** Whole inputs, judged before anything is sent. */
@NullMarked
package io.sluice.pipeline.input;

import org.jspecify.annotations.NullMarked;
