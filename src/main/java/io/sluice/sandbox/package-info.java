/**
 * An in-process stand-in for the Email Security settings API, on 127.0.0.1 only: the same paths,
 * envelope, limits and faults, over a real socket. To rehearse against, and for tests. Imports the
 * catalogue and the hash, and no other package of Sluice.
 */
@NullMarked
package io.sluice.sandbox;

import org.jspecify.annotations.NullMarked;
