/**
 * Floor 7: the command line. Reads flags, starts pipelines, shows people how they go on and scripts
 * how they ended.
 */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
