/** The service at the command line: start it, make and list its keys, check its audit trail. */
@NullMarked
package io.sluice.cli.serve;

import org.jspecify.annotations.NullMarked;
