/**
 * The plan of a row: finds the record that a row means among the account's records, and compares
 * the two. Calls nothing. Imports {@code catalog}, {@code disk}, {@code hash} and, from {@code
 * format}, what options are called.
 */
@NullMarked
package io.sluice.plan;

import org.jspecify.annotations.NullMarked;
