/**
 * What lists do, before they act and afterwards: what is wrong with them, which records match a
 * sender, and what changed over time. Calls nothing but lists, and changes nothing anywhere.
 */
@NullMarked
package io.sluice.pipeline.insight;

import org.jspecify.annotations.NullMarked;
