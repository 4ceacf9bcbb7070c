/** Tests of the package of the same name. */
@NullMarked
package io.sluice.cli.option;

import org.jspecify.annotations.NullMarked;
