package io.sluice.plan;

/** Where the rows come from, as far as that is known: it decides what an id is worth. */
public enum Origin {
  /** They were read from the account that they go to. */
  THIS_ACCOUNT,
  /** They were read from another account: an id that fits does so by chance. */
  OTHER_ACCOUNT,
  /** A file that does not say. */
  UNKNOWN
}
