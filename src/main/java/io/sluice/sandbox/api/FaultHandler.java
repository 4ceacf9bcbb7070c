package io.sluice.sandbox.api;

import io.sluice.sandbox.Answer;
import io.sluice.sandbox.Request;
import io.sluice.sandbox.RequestLog;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Corruption;
import io.sluice.sandbox.fault.Fault;
import io.sluice.sandbox.fault.Faults;
import io.sluice.sandbox.fault.PageShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes each call through what stands between the wire and the API: traffic, quota and faults, and
 * says what is to be delivered.
 */
public final class FaultHandler {
  /**
   * What goes back over the wire.
   *
   * @param answer null for none
   * @param reset for no answer: whether the connection is reset, or just left silent
   * @param corruption the damage on the way, or null
   */
  record Delivery(@Nullable Answer answer, boolean reset, @Nullable Corruption corruption) {}

  /**
   * How answers are given.
   *
   * @param latency how long every answer takes at least
   * @param quotaHeaders whether answers tell the quota
   * @param pretty whether answers are pretty-printed
   */
  public record Manner(Duration latency, boolean quotaHeaders, boolean pretty) {}

  private final Api api;
  private final Map<String, SandboxAccount> accounts;
  private final Quotas quotas;
  private final Faults faults;
  private final RequestLog requestLog;
  private final Manner manner;

  public FaultHandler(
      Api api,
      Map<String, SandboxAccount> accounts,
      Quotas quotas,
      Faults faults,
      RequestLog requestLog,
      Manner manner) {
    this.api = api;
    this.accounts = accounts;
    this.quotas = quotas;
    this.faults = faults;
    this.requestLog = requestLog;
    this.manner = manner;
  }

  /** Notes that a call has arrived, and draws what will go wrong with it. */
  List<Fault> arrived(Request request) {
    requestLog.arrived(request);
    return faults.hitting(request);
  }

  /** How long the call waits before it is carried out. */
  Duration delay(List<Fault> hits) {
    Duration delay = manner.latency();
    for (Fault fault : hits) {
      if (fault instanceof Fault.Delay wait) {
        delay = delay.plus(wait.by());
      }
    }
    return delay;
  }

  /** Carries the call out, or not, as quota and faults have it. */
  Delivery serve(Request request, List<Fault> hits, long arrivalNanos) {
    Quotas.Grant grant = quotas.take(Access.credential(request));
    Delivery delivery = grant.allowed() ? carryOut(request, hits) : refused(grant);
    Answer answer = delivery.answer();
    if (answer != null && manner.quotaHeaders() && !grant.policy().isEmpty()) {
      answer = answer.with("ratelimit", grant.left()).with("ratelimit-policy", grant.policy());
    }
    requestLog.answered(request, answer == null ? 0 : answer.status(), arrivalNanos);
    return new Delivery(answer, delivery.reset(), delivery.corruption());
  }

  private static Delivery refused(Quotas.Grant grant) {
    Answer answer = Fault.tooManyRequests(Duration.ofSeconds(grant.retryAfter())).answer();
    return new Delivery(answer, false, null);
  }

  private Delivery carryOut(Request request, List<Fault> hits) {
    if (hits.isEmpty()) {
      Answer answer = api.answer(request, PageShape.TRUE);
      return new Delivery(manner.pretty() ? answer.pretty() : answer, false, null);
    }
    Delivery instead = instead(hits, false);
    if (instead != null) {
      return instead;
    }
    PageShape shape = PageShape.TRUE;
    Corruption corruption = null;
    for (Fault fault : hits) {
      if (fault instanceof Fault.Bent bent) {
        shape = shape.and(bent.shape());
      } else if (fault instanceof Fault.Corrupted damage) {
        corruption = damage.how();
      }
    }
    Answer answer = api.answer(request, shape);
    events(request, hits);
    Delivery other = instead(hits, true);
    if (other != null) {
      answer.body().release();
      return other;
    }
    boolean indent =
        manner.pretty() || (corruption != null && corruption.way() == Corruption.Way.PRETTY);
    return new Delivery(indent ? answer.pretty() : answer, false, corruption);
  }

  private static @Nullable Delivery instead(List<Fault> hits, boolean after) {
    for (Fault fault : hits) {
      if (fault instanceof Fault.Reply reply && reply.after() == after) {
        return new Delivery(reply.answer(), false, null);
      } else if (fault instanceof Fault.Cut cut && cut.after() == after) {
        return new Delivery(null, cut.reset(), null);
      }
    }
    return null;
  }

  private void events(Request request, List<Fault> hits) {
    SandboxAccount account = accounts.get(request.account());
    for (Fault fault : hits) {
      if (fault instanceof Fault.Meanwhile meanwhile && account != null) {
        Consumer<SandboxAccount> event = meanwhile.event();
        event.accept(account);
      }
    }
  }
}
