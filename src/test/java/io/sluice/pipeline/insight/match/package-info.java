@NullMarked
package io.sluice.pipeline.insight.match;

import org.jspecify.annotations.NullMarked;
