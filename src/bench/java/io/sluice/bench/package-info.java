/**
 * The benchmark: how fast, how large and how soon Sluice is, against the simplest things that could
 * do the same. Every contender is a process of its own and nothing is shared but the sandbox that
 * they call. Run it with {@code mvn -B -Pbench verify}.
 */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
