/** What moves on standard error while a run goes on. */
@NullMarked
package io.sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
