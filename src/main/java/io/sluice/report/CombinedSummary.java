package io.sluice.report;

import io.sluice.disk.ReplacedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How runs that belong together ended, one for each kind of record.
 *
 * @param exit how the process ends: refused if any part was, else the most pressing of the parts';
 *     8 if all of them went well, but with rows that may not be all there are
 * @param consistent false if a list that the rows are from kept moving while it was read
 * @param requests how many calls were made for all of them
 * @param parts each by itself, in the order in which they were carried out
 */
public record CombinedSummary(
    String runId,
    ExitCode exit,
    boolean consistent,
    Instant startedAt,
    Instant finishedAt,
    long requests,
    List<Summary> parts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Puts the parts together. */
  public static CombinedSummary of(
      String runId,
      boolean consistent,
      Instant startedAt,
      Instant finishedAt,
      long requests,
      List<Summary> parts) {
    return new CombinedSummary(
        runId, exit(parts, consistent), consistent, startedAt, finishedAt, requests, parts);
  }

  private static ExitCode exit(List<Summary> parts, boolean consistent) {
    Set<ExitCode> exits = EnumSet.of(consistent ? ExitCode.OK : ExitCode.DIFFERENT);
    parts.forEach(part -> exits.add(part.exit()));
    if (exits.contains(ExitCode.REFUSED)) {
      return ExitCode.REFUSED;
    }
    return ExitCode.ofRun(exits, Counts.none(), Counts.none());
  }

  /** Writes {@code summary.json} in that directory, in place of an earlier one. Blocking. */
  public void write(Path directory) throws IOException {
    try (ReplacedFile file = new ReplacedFile(directory.resolve(ResultsDirectory.SUMMARY))) {
      file.write(
          (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()) + "\n")
              .getBytes(StandardCharsets.UTF_8));
      file.finish();
    }
  }

  /** The summary as the one JSON object that scripts read. */
  public ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("run_id", runId);
    root.put("exit", exit.number());
    root.put("consistent", consistent);
    root.put("started_at", startedAt.toString());
    root.put("finished_at", finishedAt.toString());
    root.put("requests", requests);
    root.putArray("parts");
    parts.forEach(part -> root.withArray("parts").add(part.json()));
    return root;
  }
}
