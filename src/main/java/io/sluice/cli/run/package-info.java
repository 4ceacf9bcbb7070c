/** One run in the foreground: starts it, follows it, and reports how it ended. */
@NullMarked
package io.sluice.cli.run;

import org.jspecify.annotations.NullMarked;
