package io.sluice.job;

import io.sluice.job.spec.JobSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment.
 *
 * @param id names it, and its directory; ids sort by the time they were made
 * @param profile whose account it works on; of a migration the target, of a comparison the first
 *     that is live, or empty if none is
 * @param account the id of that account
 * @param api which API that account is at, by a hash of its base URL; empty for a job of before
 *     this was kept, and for one that works on no account
 * @param resources the kinds of records it is about, as slugs
 * @param request the request to stop it, or null
 * @param exit how it ended, as an exit code of the command line; null before
 * @param progress how far it is, as a JSON object; null before it began
 * @param summary what came of it, as a JSON object; null before it ended
 * @param madeBy who asked for it
 * @param process the process that runs it, or ran it last
 * @param fence how often a process has begun or taken over the job
 * @param schedule what made it, or null if a person did
 */
public record Job(
    String id,
    JobKind kind,
    String profile,
    String account,
    String api,
    List<String> resources,
    boolean dryRun,
    JobSpec spec,
    JobState state,
    @Nullable ControlRequest request,
    @Nullable Integer exit,
    @Nullable String progress,
    @Nullable String summary,
    String madeBy,
    Instant madeAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String process,
    long fence,
    @Nullable String schedule) {

  /** True if it changes records of its account. */
  boolean changes() {
    return !dryRun && kind != JobKind.EXPORT && kind != JobKind.DIFF && kind != JobKind.INSIGHT;
  }
}
