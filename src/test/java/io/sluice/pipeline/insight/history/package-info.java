@NullMarked
package io.sluice.pipeline.insight.history;

import org.jspecify.annotations.NullMarked;
