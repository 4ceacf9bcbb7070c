/** Tests of the package of the same name. */
@NullMarked
package io.sluice.cli.text;

import org.jspecify.annotations.NullMarked;
