/** The command line as people and scripts meet it: the jar, in a process of its own. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
