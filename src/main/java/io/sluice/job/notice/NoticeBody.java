package io.sluice.job.notice;

import io.sluice.job.Job;
import io.sluice.job.SummaryCounts;
import io.sluice.job.spec.FeedSpec;
import io.sluice.job.store.StoredJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What notices say. Nothing of a record's content is in them unless the target asks for that. */
public final class NoticeBody {
  private NoticeBody() {}

  /** A notice that only shows that it arrives. */
  public static ObjectNode test(String target, Instant now) {
    return of("test", now, "Sluice: a test for the target " + target);
  }

  /** No complete backup of a profile is young enough. */
  static ObjectNode overdue(String profile, @Nullable Instant last, Instant now) {
    ObjectNode body =
        of(
            "backup_overdue",
            now,
            "Sluice: the backup of "
                + profile
                + " is overdue; the last complete one is "
                + (last == null ? "none" : "of " + last));
    body.put("profile", profile).put("last_backup", last == null ? null : last.toString());
    return body;
  }

  /**
   * Something became of a run at the command line.
   *
   * @param command what it is called
   */
  public static ObjectNode run(String command, int exit, Instant now) {
    ObjectNode body =
        of(
            exit == 0 ? "finished" : "failed",
            now,
            "Sluice: " + command + (exit == 0 ? " finished" : " ended with exit " + exit));
    return body.put("command", command).put("exit", exit);
  }

  /**
   * Something became of a job.
   *
   * @param exit how it ended; null if it waits
   * @param summary what came of it
   * @param detail whether contents of records may be told
   */
  static ObjectNode job(
      String event,
      Job job,
      @Nullable Integer exit,
      ObjectNode summary,
      boolean detail,
      Instant now) {
    String name = job.spec() instanceof FeedSpec spec ? " " + spec.feed() : "";
    String what = job.kind().label() + name + " of " + job.profile();
    String why = summary.path("error").path("code").asString("");
    String how =
        switch (event) {
          case "awaiting_approval" -> " awaits approval";
          case "finished" -> " finished";
          default -> " ended with exit " + exit + (why.isEmpty() ? "" : " (" + why + ")");
        };
    SummaryCounts all = SummaryCounts.of(summary);
    String counts = exit == null ? all.changesInWords() : all.rowsInWords();
    ObjectNode body =
        of(event, now, "Sluice: " + what + how + (counts.isEmpty() ? "" : ": " + counts));
    ObjectNode about = body.putObject("job");
    about.put("id", job.id());
    about.put("kind", job.kind().label());
    about.put("profile", job.profile());
    about.put("account", job.account());
    job.resources().forEach(about.putArray("resources")::add);
    about.put("made_by", job.madeBy());
    about.put("exit", exit);
    about.put("counts", counts);
    if (detail) {
      about.set("summary", summary.deepCopy());
    }
    return body;
  }

  private static ObjectNode of(String event, Instant now, String text) {
    return StoredJson.MAPPER
        .createObjectNode()
        .put("event", event)
        .put("at", now.toString())
        .put("text", text);
  }
}
