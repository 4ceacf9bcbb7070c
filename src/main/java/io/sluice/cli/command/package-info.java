/** The commands: the flags of each, and one call that does the work. */
@NullMarked
package io.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
