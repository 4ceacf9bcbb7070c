package io.sluice.job.quota;

import io.sluice.pipeline.SessionObserver;

/** Measures the calls to accounts. Thread-safe. */
@FunctionalInterface
public interface CallMeter {
  /** Measures nothing. */
  CallMeter NONE = profile -> SessionObserver.NONE;

  /** What is to be told of the calls of one session with the account of that profile. */
  SessionObserver of(String profile);
}
