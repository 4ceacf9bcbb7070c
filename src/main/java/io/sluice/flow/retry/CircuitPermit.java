package io.sluice.flow.retry;

/** Permission of a {@link CircuitBreaker} to make one attempt. */
public final class CircuitPermit {
  /** True if it is the one that finds out if the outage is over. */
  final boolean probe;

  private final CircuitBreaker outage;
  private volatile boolean sent;

  CircuitPermit(CircuitBreaker outage, boolean probe) {
    this.outage = outage;
    this.probe = probe;
  }

  /**
   * Sends whoever waits for a permit away if an outage began or was given up meanwhile.
   *
   * @throws BackToTheGate if the attempt has to wait for the end of the outage
   * @throws OutageException if the outage was given up
   */
  public void check() {
    outage.check(this);
  }

  public void send() {
    sent = true;
  }

  boolean isSent() {
    return sent;
  }

  /** The attempt was not made; it waits for another pass. */
  static final class BackToTheGate extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackToTheGate() {
      super("An outage began before the call was sent", null, false, false);
    }
  }
}
