/**
 * Answers about lists, before they act and afterwards: their mistakes, which records match a
 * sender, and what changed over time. Calls nothing but lists, and changes nothing anywhere.
 */
@NullMarked
package io.sluice.pipeline.insight;

import org.jspecify.annotations.NullMarked;
