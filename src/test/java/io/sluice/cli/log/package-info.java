/** Tests of the package of the same name. */
@NullMarked
package io.sluice.cli.log;

import org.jspecify.annotations.NullMarked;
