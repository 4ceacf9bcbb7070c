/** The options that commands share, and how their values are read. */
@NullMarked
package io.sluice.cli.option;

import org.jspecify.annotations.NullMarked;
