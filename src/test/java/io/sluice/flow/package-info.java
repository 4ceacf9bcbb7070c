/** Tests of how calls flow, in virtual time. */
@NullMarked
package io.sluice.flow;

import org.jspecify.annotations.NullMarked;
