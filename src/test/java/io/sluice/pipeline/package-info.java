/** Pipelines against the sandbox, over a real socket. */
@NullMarked
package io.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
