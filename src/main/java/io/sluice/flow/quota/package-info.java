/**
 * Paces calls so that the server never has to answer 429: what the server tells of its quota, and
 * what is counted beside it.
 */
@NullMarked
package io.sluice.flow.quota;

import org.jspecify.annotations.NullMarked;
