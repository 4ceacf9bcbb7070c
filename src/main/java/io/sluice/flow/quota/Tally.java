package io.sluice.flow.quota;

import java.util.Arrays;

/** The calls of one governor, counted. Guarded by the governor's ledger. */
final class Tally {
  /** Permits out. */
  int inFlight;

  /** Calls settled, with or without an answer. */
  long settled;

  /** Numbers sendings and settlements in the order in which they happened here. */
  long events;

  /** For each policy; replaced when a count changes, so that permits can keep it as it was. */
  private long[] unread = {};

  /** The calls that were under way at some time since that one was sent. */
  long since(IssuedPermit call) {
    return settled - call.settledBefore + inFlight;
  }

  /**
   * How many calls have ended since that one was sent, itself apart, and announced the policy's
   * current window.
   */
  long readSince(IssuedPermit call, int policy) {
    long ended = settled - call.settledBefore - 1;
    return Math.max(0, ended - (unread(policy) - call.unreadBefore(policy)));
  }

  /** Counts for another policy: calls that have ended so far announced nothing of it. */
  void addPolicy() {
    unread = Arrays.copyOf(unread, unread.length + 1);
    unread[unread.length - 1] = settled;
  }

  /** A call ended without telling of the policy's current window. */
  void missed(int policy) {
    unread = unread.clone();
    unread[policy]++;
  }

  /** How many calls ended without telling of the policy's current window. */
  long unread(int policy) {
    return unread[policy];
  }

  /** The same of each policy, as of now. */
  long[] unread() {
    return unread;
  }
}
