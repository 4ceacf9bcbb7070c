/**
 * Regular expressions that other people wrote: what they are made of, and how they are tried
 * without ever hanging. Knows nothing of records.
 */
@NullMarked
package io.sluice.pipeline.insight.regex;

import org.jspecify.annotations.NullMarked;
