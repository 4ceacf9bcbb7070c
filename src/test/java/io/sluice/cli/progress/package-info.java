/** Tests of the package of the same name. */
@NullMarked
package io.sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
