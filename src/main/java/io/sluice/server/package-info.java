/**
 * Floor 7: the service over HTTP: routes, access, events, metrics and the console's files. Knows
 * jobs and everything below them; knows nothing of the command line.
 */
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
