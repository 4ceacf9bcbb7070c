/** Tests of the package of the same name. */
@NullMarked
package io.sluice.pipeline.imports.results;

import org.jspecify.annotations.NullMarked;
