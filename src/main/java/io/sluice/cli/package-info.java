/**
 * The command line: finds the command that is meant, runs it, and turns whatever goes wrong into a
 * message and an exit code. The commands are in {@code command}.
 */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
