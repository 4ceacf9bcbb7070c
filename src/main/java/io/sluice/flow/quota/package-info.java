/**
 * Paces calls so that the server never has to answer 429: what the server announces of its quota,
 * and what is counted locally.
 */
@NullMarked
package io.sluice.flow.quota;

import org.jspecify.annotations.NullMarked;
