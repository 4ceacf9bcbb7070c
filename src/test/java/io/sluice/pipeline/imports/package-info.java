/** Imports against the sandbox, over a real socket: end states, reports and request counts. */
@NullMarked
package io.sluice.pipeline.imports;

import org.jspecify.annotations.NullMarked;
