/** Tests of the package of the same name. */
@NullMarked
package io.sluice.cli.run;

import org.jspecify.annotations.NullMarked;
