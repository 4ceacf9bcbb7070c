/** One run in the foreground: begins it, follows it, and tells how it ended. */
@NullMarked
package io.sluice.cli.run;

import org.jspecify.annotations.NullMarked;
