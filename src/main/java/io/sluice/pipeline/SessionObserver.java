package io.sluice.pipeline;

import io.sluice.api.CallObserver;
import io.sluice.flow.quota.QuotaStatus;
import java.time.Duration;
import java.util.function.Supplier;

/** Receives what a session does with its account's quota, for metrics. From any thread, at once. */
public interface SessionObserver extends CallObserver {
  /** Nobody measures. */
  SessionObserver NONE =
      new SessionObserver() {
        @Override
        public void paced(Supplier<QuotaStatus> quota) {}

        @Override
        public void waited(Duration time) {}

        @Override
        public void ended(String method, String path, int status, Duration lasted) {}
      };

  /**
   * A session begins.
   *
   * @param quota tells how its quota stands, whenever it is asked, even after the session
   */
  void paced(Supplier<QuotaStatus> quota);

  /** A call had to wait so long for the quota until it could be sent; often not at all. */
  void waited(Duration time);
}
