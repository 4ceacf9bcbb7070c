/**
 * The service over HTTP, put together and listening, and the files of its console. Knows jobs and
 * everything below them; knows nothing of the command line.
 */
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
