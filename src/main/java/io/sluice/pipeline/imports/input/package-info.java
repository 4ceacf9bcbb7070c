/**
 * The input of a run: a file that can be read again and again, every row of it validated before
 * anything is sent. Knows formats, the catalogue and, from {@code plan}, modes, owners and ends;
 * reads no account.
 */
@NullMarked
package io.sluice.pipeline.imports.input;

import org.jspecify.annotations.NullMarked;
