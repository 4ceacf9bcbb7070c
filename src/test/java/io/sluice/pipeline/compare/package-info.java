@NullMarked
package io.sluice.pipeline.compare;

import org.jspecify.annotations.NullMarked;
