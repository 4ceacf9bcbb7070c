/**
 * The input of a run: a file that can be read again and again, every row of it validated before
 * anything is sent. Knows formats and the catalogue, and nothing of accounts.
 */
@NullMarked
package io.sluice.pipeline.imports.input;

import org.jspecify.annotations.NullMarked;
