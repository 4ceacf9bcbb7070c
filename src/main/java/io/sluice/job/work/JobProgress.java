package io.sluice.job.work;

import io.sluice.catalog.Resource;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.job.store.StoredJson;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.TimeLeft;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a job is: what its run reports, gathered. What is reported costs no more than a field.
 * Thread-safe.
 */
final class JobProgress implements Consumer<RunEvent> {
  private static final int ROWS_NOTED = 200;
  private static final String APPLYING = RunEvent.Phase.APPLYING.label();

  private final Tally tally = new Tally();
  private final Tally kept = new Tally();

  /** The rows that had their outcome when the job stood still. */
  private final Map<Outcome, Long> before;

  private final Deque<ObjectNode> wrong = new ArrayDeque<>();
  private final List<String> apiMessages = new CopyOnWriteArrayList<>();
  private volatile @Nullable AccountSession session;
  private volatile String phase = "starting";
  private volatile String resource = "";
  private volatile long done;
  private volatile @Nullable Long total;
  private volatile @Nullable String outage;
  private final Map<String, PlanSummary> plans = new ConcurrentHashMap<>();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private TimeLeft left = new TimeLeft(null);
  private String timed = "";
  private int rowsNoted;

  /**
   * @param before what was known when the job stood still, as {@link #json} gave it; null if it
   *     begins
   */
  JobProgress(@Nullable String before) {
    this.before = settled(before);
  }

  private static Map<Outcome, Long> settled(@Nullable String progress) {
    Map<Outcome, Long> settled = new EnumMap<>(Outcome.class);
    if (progress != null) {
      JsonNode counts = StoredJson.MAPPER.readTree(progress).path("counts");
      for (Outcome outcome : Outcome.values()) {
        if (!outcome.isOpen()) {
          settled.put(outcome, counts.path(outcome.label()).asLong(0));
        }
      }
    }
    return settled;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Progress now) {
      progress(now);
    } else if (event instanceof RunEvent.RowFinished row) {
      finished(row);
    } else if (event instanceof RunEvent.PlanMade made) {
      plans.put(made.resource().slug(), made.plan());
    } else if (event instanceof RunEvent.SideRead read) {
      at("reading " + read.side().name(), read.resource(), read.records(), read.total());
    } else if (event instanceof RunEvent.ListMoved moved) {
      at("reading again, since the list moved", moved.resource(), 0, null);
    } else if (event instanceof RunEvent.Exported written) {
      long rows = written.entry().rows();
      at(RunEvent.Phase.EXPORTING.label(), written.resource(), rows, rows);
    } else if (event instanceof RunEvent.SessionOpened opened) {
      session = opened.session();
    } else if (event instanceof RunEvent.OutageBegan began) {
      outage = String.valueOf(began.cause().getMessage());
    } else if (event instanceof RunEvent.OutageEnded) {
      outage = null;
    } else if (event instanceof RunEvent.ApiMessage said) {
      apiMessages.add(said.text());
    }
  }

  private void progress(RunEvent.Progress now) {
    if (now.phase() == RunEvent.Phase.APPLYING) {
      applying(now.resource());
    } else {
      at(now.phase().label(), now.resource(), now.done(), now.total());
    }
  }

  private void applying(Resource of) {
    PlanSummary plan = plans.get(of.slug());
    at(APPLYING, of, sent.getOrDefault(of.slug(), 0L), plan == null ? 0 : plan.total());
  }

  /** So many are done in this phase, of so many if that is known. */
  private void at(String now, Resource of, long rows, @Nullable Long all) {
    phase = now;
    resource = of.slug();
    done = rows;
    total = all;
  }

  private void finished(RunEvent.RowFinished row) {
    if (row.earlier()) {
      kept.add(row.result());
      return;
    }
    row(row.resource(), row.result());
    if (row.result().attempts() > 0) {
      sent.merge(row.resource().slug(), 1L, Long::sum);
    }
    applying(row.resource());
  }

  private void row(Resource of, RowResult result) {
    tally.add(result);
    boolean bad = result.outcome() == Outcome.FAILED || result.outcome() == Outcome.UNKNOWN;
    if (bad) {
      synchronized (wrong) {
        if (rowsNoted++ < ROWS_NOTED) {
          wrong.add(json(of.slug(), result));
        }
      }
    }
  }

  /** The next row that failed or is unknown, to be noted; null if there is none. */
  @Nullable ObjectNode wrong() {
    synchronized (wrong) {
      return wrong.peek();
    }
  }

  /** That row is noted. */
  void noted() {
    synchronized (wrong) {
      wrong.remove();
    }
  }

  private static ObjectNode json(String resource, RowResult result) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("resource", resource);
    row.put("row", result.row());
    row.put("line", result.line());
    row.put("outcome", result.outcome().label());
    row.put("key", result.key());
    row.put("code", result.code());
    row.put("message", result.message());
    return row;
  }

  /** All of it, as clients get to see it. */
  synchronized ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("phase", phase);
    root.put("resource", resource);
    root.put("done", done);
    root.put("total", total);
    ObjectNode counts = root.putObject("counts");
    for (Outcome outcome : Outcome.values()) {
      // What stood still is known at once; then its rows come, each once more, from the journal.
      long earlier = Math.max(before.getOrDefault(outcome, 0L), of(kept, outcome));
      long count = earlier + of(tally, outcome);
      if (count > 0) {
        counts.put(outcome.label(), count);
      }
    }
    AccountSession open = session;
    if (open != null) {
      root.put("requests", open.requests());
      quota(root.putObject("quota"), open.quota());
      time(root, open);
    }
    root.put("outage", outage);
    if (!apiMessages.isEmpty()) {
      apiMessages.forEach(root.putArray("api_messages")::add);
    }
    return root;
  }

  private static long of(Tally rows, Outcome outcome) {
    return rows.rows().of(outcome) + rows.deletes().of(outcome);
  }

  /** Whether an outage or the quota holds the job up. */
  boolean isHeld() {
    AccountSession open = session;
    return outage != null || (open != null && open.quota().delay().toSeconds() > 1);
  }

  /** How fast the phase is, and for how long yet. */
  private void time(ObjectNode root, AccountSession open) {
    boolean held = isHeld();
    String now = phase + " " + resource;
    if (!now.equals(timed)) {
      timed = now;
      PlanSummary plan = phase.equals(APPLYING) ? plans.get(resource) : null;
      left = new TimeLeft(plan == null ? null : plan::requestsFor);
    }
    left.sample(System.nanoTime(), done, held, open.requests());
    Long all = total;
    Duration rest = outage == null && all != null ? left.of(all - done, open::forecast) : null;
    root.put("rows_per_second", held ? 0 : Math.round(10 * left.perSecond()) / 10.0);
    root.put("seconds_left", rest == null ? null : (Long) Math.max(1, rest.toSeconds()));
  }

  private static void quota(ObjectNode node, QuotaStatus quota) {
    node.put("remaining", quota.remaining());
    node.put("limit", quota.quota());
    Duration reset = quota.reset();
    if (reset != null) {
      node.put("reset_seconds", reset.toSeconds());
    }
    node.put("delay_seconds", quota.delay().toSeconds());
  }
}
