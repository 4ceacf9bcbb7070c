package io.sluice.server.access;

import io.sluice.flow.Blocking;
import io.sluice.job.audit.AuditAction;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Notes in the audit trail what was refused to whom, without letting a flood of it grow the trail:
 * in ten minutes {@value #FROM_ONE} entries for one address or key and {@value #IN_ALL} in all, of
 * each process. The rest are counted, and that count is one entry when the ten minutes are over; it
 * is lost if the process is killed before. Thread-safe.
 */
public final class RefusalTrail {
  static final int FROM_ONE = 10;
  static final int IN_ALL = 100;
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(RefusalTrail.class);

  private final AuditTrail trail;
  private final Scheduler timer;
  private final Map<String, Integer> noted = new HashMap<>();
  private int all;
  private long counted;
  private boolean begun;

  public RefusalTrail(AuditTrail trail) {
    this(trail, Schedulers.parallel());
  }

  /**
   * @param timer ends the ten minutes
   */
  RefusalTrail(AuditTrail trail, Scheduler timer) {
    this.trail = trail;
    this.timer = timer;
  }

  /**
   * Notes a refusal, or counts it.
   *
   * @param whose the address or key whose refusals are counted together
   */
  public Mono<Void> note(String whose, AuditEvent event) {
    return Mono.defer(() -> isDue(whose) ? add(event) : Mono.empty());
  }

  private synchronized boolean isDue(String whose) {
    if (!begun) {
      begun = true;
      timer.schedule(this::end, WINDOW.toMillis(), TimeUnit.MILLISECONDS);
    }
    int before = noted.getOrDefault(whose, 0);
    if (before >= FROM_ONE || all >= IN_ALL) {
      counted++;
      return false;
    }
    noted.put(whose, before + 1);
    all++;
    return true;
  }

  private void end() {
    long more;
    synchronized (this) {
      more = counted;
      counted = 0;
      all = 0;
      noted.clear();
      begun = false;
    }
    if (more > 0) {
      String text = more + " more requests and sign-ins were refused within ten minutes";
      add(new AuditEvent("sluice", "service", AuditAction.REFUSALS_MORE, "", "", "", text))
          .subscribe(
              done -> {}, error -> LOG.warn("not noted in the audit trail: {}", text, error));
    }
  }

  private Mono<Void> add(AuditEvent event) {
    return Blocking.run(() -> trail.add(event));
  }
}
