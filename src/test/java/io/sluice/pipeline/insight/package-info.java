@NullMarked
package io.sluice.pipeline.insight;

import org.jspecify.annotations.NullMarked;
