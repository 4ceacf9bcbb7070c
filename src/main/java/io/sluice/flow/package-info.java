/**
 * How calls flow: the quota governor that paces every call, repetition of failed ones, outages, and
 * the byte budget that bounds look-ahead. Imports Reactor only: no HTTP, no JSON, no other package
 * of Sluice. Time is read from a Reactor {@code Scheduler}, so that virtual time can test it.
 */
@NullMarked
package io.sluice.flow;

import org.jspecify.annotations.NullMarked;
