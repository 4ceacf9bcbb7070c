package io.sluice.flow.quota;

/** The calls of one governor, counted. Guarded by the governor's ledger. */
final class Tally {
  /** Permits out. */
  int inFlight;

  /** Calls settled, with or without an answer. */
  long settled;

  /** Numbers sendings and settlements in the order in which they happened here. */
  long events;
}
