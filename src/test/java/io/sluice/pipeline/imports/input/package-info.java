/** Whole inputs, validated before anything is sent. */
@NullMarked
package io.sluice.pipeline.imports.input;

import org.jspecify.annotations.NullMarked;
