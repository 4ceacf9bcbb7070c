package io.sluice.pipeline.imports;

import io.sluice.plan.AccountIndex;
import io.sluice.snapshot.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * The account's records of one kind, as far as they were read.
 *
 * @param index the records; of the whole account, or those that the rows name
 * @param total how many records there are in all, as far as the account reports
 * @param whole whether it is the whole account
 * @param moved why the listing cannot be trusted, or null if it can
 * @param unavailable why nothing is known, since the account does not offer such records; else null
 */
record Account(
    AccountIndex index,
    long total,
    boolean whole,
    @Nullable String moved,
    @Nullable Unavailable unavailable) {

  /** The state of an account as it was read. */
  Account(AccountIndex index, long total, boolean whole, @Nullable String moved) {
    this(index, total, whole, moved, null);
  }

  /** An account that does not offer such records. */
  static Account without(AccountIndex empty, Unavailable why) {
    return new Account(empty, 0, false, null, why);
  }
}
