package io.sluice.pipeline.imports;

import io.sluice.plan.AccountIndex;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the account's records of one kind.
 *
 * @param index the records; of the whole account, or those that the rows name
 * @param total how many records there are in all, as far as the account told
 * @param whole whether it is the whole account
 * @param moved why the listing cannot be trusted, or null if it can
 */
record Account(AccountIndex index, long total, boolean whole, @Nullable String moved) {}
