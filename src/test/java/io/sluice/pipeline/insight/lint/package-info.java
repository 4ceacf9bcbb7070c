@NullMarked
package io.sluice.pipeline.insight.lint;

import org.jspecify.annotations.NullMarked;
