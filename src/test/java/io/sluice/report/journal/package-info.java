/** Tests of the package of the same name. */
@NullMarked
package io.sluice.report.journal;

import org.jspecify.annotations.NullMarked;
