/**
 * Makes an account what the rows of inputs say. {@code ImportRun} is the sentence: plan each input
 * ({@code Planning}: validate, read the account, plan), confirm, save, apply, prune, report.
 * Restoring and migrating are the same with several inputs.
 */
@NullMarked
package io.sluice.pipeline.imports;

import org.jspecify.annotations.NullMarked;
