package io.sluice.catalog;

/** The operations that the API allows on a resource, besides listing and getting it. */
public enum Ability {
  /** {@code POST} of one record. */
  CREATE,
  /** {@code PATCH} of one record. */
  EDIT,
  /** {@code DELETE} of one record. */
  DELETE,
  /** {@code POST …/batch} of up to 1000 operations of each kind. */
  BATCH,
  /** The batch is promised to happen as a whole or not at all. */
  ATOMIC_BATCH
}
