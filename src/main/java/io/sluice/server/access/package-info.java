/** Who may ask for what: keys, sessions of the console, and limits on guessing. */
@NullMarked
package io.sluice.server.access;

import org.jspecify.annotations.NullMarked;
