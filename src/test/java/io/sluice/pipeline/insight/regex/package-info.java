@NullMarked
package io.sluice.pipeline.insight.regex;

import org.jspecify.annotations.NullMarked;
