/**
 * How calls flow: each waits for the quota and for outages to end, is repeated if it may be, and
 * pages are read ahead within a budget of bytes. Imports Reactor only: no HTTP, no JSON, no other
 * package of Sluice. Time is read from a Reactor {@code Scheduler}, so that virtual time can test
 * it.
 */
@NullMarked
package io.sluice.flow;

import org.jspecify.annotations.NullMarked;
