/** Tests of the package of the same name. */
@NullMarked
package io.sluice.cli.serve;

import org.jspecify.annotations.NullMarked;
