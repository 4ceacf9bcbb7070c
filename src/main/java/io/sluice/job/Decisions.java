package io.sluice.job;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.sluice.job.approval.Approval;
import io.sluice.job.approval.Approval.Decision;
import io.sluice.job.approval.ApprovalRule;
import io.sluice.job.approval.Approvals;
import io.sluice.job.audit.AuditAction;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.notice.Notices;
import io.sluice.job.store.Database;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.StoredJson;
import io.sluice.job.work.JobEnvironment;
import io.sluice.report.ExitCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides on plans that wait for an approval: an approver who neither asked for the job nor wrote
 * its schedule approves or rejects them, or they expire. A person is known by the name of their
 * key, which is unique. Blocking; thread-safe.
 */
public final class Decisions {
  /** The name of the task in db-scheduler. */
  static final String TASK = "approvals";

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final JobStore store;
  private final Approvals approvals;
  private final Clock clock;
  private final ApprovalRule rule;
  private final Notices notices;
  private @Nullable Worker worker;

  Decisions(
      Database database,
      JobStore store,
      JobEnvironment environment,
      ApprovalRule rule,
      Notices notices) {
    this.notices = notices;
    this.rule = rule;
    this.database = database;
    this.store = store;
    this.approvals = new Approvals(database);
    this.clock = environment.clock();
  }

  void connect(Worker runs) {
    worker = runs;
  }

  /** The task that db-scheduler runs, on one of the processes. */
  RecurringTask<Void> task() {
    return Tasks.recurring(TASK, FixedDelay.of(EVERY)).execute((instance, context) -> expire());
  }

  /** Which plans have to be approved. */
  public ApprovalRule rule() {
    return rule;
  }

  /** The known facts about the job's plan; empty if no approval was ever asked for. */
  public Optional<Approval> of(Job job) {
    return approvals.get(job.id()).filter(known -> known.decision() != Decision.NOT_NEEDED);
  }

  /** The people who wrote the schedule of the job; like its submitter, they cannot decide. */
  public List<String> authors(Job job) {
    return approvals.authors(job.id());
  }

  /**
   * Has the job go on with its saved plan.
   *
   * @param by who approves: anyone but the one who submitted the job
   * @param plan the digest of the plan that was looked at; null if that is not said
   * @throws JobRefusedException if it does not wait, or is that person's own
   */
  public void approve(String id, String by, String reason, @Nullable String plan) {
    String waiting = required(id, by, plan);
    Instant now = clock.instant();
    boolean approved =
        store.change(
            id,
            List.of(JobState.AWAITING_APPROVAL),
            JobState.QUEUED,
            null,
            handle -> {
              decide(handle, id, waiting, Decision.APPROVED, by, reason, now);
              EventStore.state(handle, id, JobState.QUEUED, null, now);
            });
    if (!approved) {
      throw notWaiting();
    }
    database.sync();
    Worker runs = worker;
    if (runs != null) {
      runs.submit(id);
    }
  }

  /**
   * Ends the job without carrying out its plan.
   *
   * @param by who rejects: anyone but the one who submitted the job
   * @param plan the digest of the plan that was looked at; null if that is not said
   * @throws JobRefusedException if it does not wait, or is that person's own
   */
  public void reject(String id, String by, String reason, @Nullable String plan) {
    String waiting = required(id, by, plan);
    String message = "rejected by " + by + ": " + reason;
    Consumer<Handle> notice = failed(id, Decision.REJECTED, message);
    if (!end(id, waiting, Decision.REJECTED, by, reason, message, notice)) {
      throw notWaiting();
    }
    database.sync();
  }

  /** A plan that was made again since it was looked at waits on. */
  private static void decide(
      Handle handle,
      String id,
      @Nullable String plan,
      Decision decision,
      String by,
      String reason,
      Instant now) {
    if (!Approvals.decide(handle, id, plan, decision, by, reason, now)) {
      throw otherPlan();
    }
  }

  /** The digest of the plan that waits, if that person may decide on it. */
  private String required(String id, String by, @Nullable String plan) {
    Job job = store.required(id);
    Approval waiting = approvals.get(id).orElse(null);
    if (job.state() != JobState.AWAITING_APPROVAL || waiting == null) {
      throw notWaiting();
    } else if (job.madeBy().equals(by)) {
      throw new JobRefusedException(
          "own_job", "you cannot decide on your own job: another approver has to");
    } else if (approvals.authors(id).contains(by)) {
      throw new JobRefusedException(
          "own_job",
          "you cannot decide on a job of a schedule that you have written: another approver has to");
    } else if (plan != null && !plan.equals(waiting.plan())) {
      throw otherPlan();
    }
    requireNewest(id);
    Instant expires = waiting.expiresAt();
    if (expires != null && !expires.isAfter(clock.instant())) {
      expire();
      throw new JobRefusedException(
          "approval_expired", "the plan has waited too long: ask for the job again");
    }
    return waiting.plan();
  }

  private void requireNewest(String id) {
    for (Approvals.Outdated old : approvals.outdated()) {
      if (old.job().equals(id)) {
        expire();
        throw new JobRefusedException(
            "approval_expired",
            "job " + old.newer() + " of the same schedule has made a newer plan: look at that one");
      }
    }
  }

  private static JobRefusedException otherPlan() {
    return new JobRefusedException(
        "other_plan", "the job waits with another plan by now: look at that one");
  }

  private static JobRefusedException notWaiting() {
    return new JobRefusedException("not_waiting", "the job does not wait for an approval");
  }

  /** Ends the jobs whose plans have waited too long, or are no longer their schedule's newest. */
  void expire() {
    for (Approvals.Outdated old : approvals.outdated()) {
      String message = "job " + old.newer() + " of the same schedule has made a newer plan";
      // The newer plan has had its notice already.
      end(old.job(), null, Decision.EXPIRED, "sluice", "", message, handle -> {});
    }
    for (String id : approvals.expired(clock.instant())) {
      String message = "the plan was not approved in time";
      Consumer<Handle> notice = failed(id, Decision.EXPIRED, message);
      end(id, null, Decision.EXPIRED, "sluice", "", message, notice);
    }
  }

  /** Sends the notice that the job failed, in the transaction that ends it. */
  private Consumer<Handle> failed(String id, Decision decision, String message) {
    ObjectNode why = JsonNodeFactory.instance.objectNode();
    why.putObject("error").put("code", code(decision)).put("message", message);
    return notices.of(
        "failed", store.required(id), ExitCode.REFUSED.number(), why, clock.instant());
  }

  private boolean end(
      String id,
      @Nullable String plan,
      Decision decision,
      String by,
      String reason,
      String message,
      Consumer<Handle> notice) {
    Instant now = clock.instant();
    return store.change(
        id,
        List.of(JobState.AWAITING_APPROVAL),
        JobState.FINISHED,
        now,
        handle -> {
          decide(handle, id, plan, decision, by, reason, now);
          notice.accept(handle);
          String summary = summary(handle, id, decision, message);
          handle
              .createUpdate("update job set exit_code = :exit, summary = :summary where id = :id")
              .bind("exit", ExitCode.REFUSED.number())
              .bind("summary", summary)
              .bind("id", id)
              .execute();
          EventStore.state(handle, id, JobState.FINISHED, null, now);
          EventStore.add(handle, id, "done", summary, now);
          if (decision == Decision.EXPIRED) {
            AuditTrail.add(handle, AuditEvent.ofJob(AuditAction.JOB_EXPIRE, id, message), now);
          }
        });
  }

  /** What was planned stays to be seen, with why it is not carried out. */
  private static String summary(Handle handle, String id, Decision decision, String message) {
    String before =
        handle
            .createQuery("select summary from job where id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .orElse("{}");
    ObjectNode summary =
        StoredJson.MAPPER.readTree(before) instanceof ObjectNode planned
            ? planned
            : JsonNodeFactory.instance.objectNode();
    summary.put("exit", ExitCode.REFUSED.number());
    summary.putObject("error").put("code", code(decision)).put("message", message).putNull("hint");
    return StoredJson.MAPPER.writeValueAsString(summary);
  }

  private static String code(Decision decision) {
    return decision == Decision.REJECTED ? "rejected" : "approval_expired";
  }
}
