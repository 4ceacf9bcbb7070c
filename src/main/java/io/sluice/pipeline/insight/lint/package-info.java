/**
 * Mistakes in lists: rules over single records and over records that concern each other. Takes
 * records from wherever they come; reads nothing itself.
 */
@NullMarked
package io.sluice.pipeline.insight.lint;

import org.jspecify.annotations.NullMarked;
