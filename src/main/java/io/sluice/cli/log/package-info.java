/** Logging on standard error, set up in code so that short commands start quickly. */
@NullMarked
package io.sluice.cli.log;

import org.jspecify.annotations.NullMarked;
