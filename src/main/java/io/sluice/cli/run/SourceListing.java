package io.sluice.cli.run;

import io.sluice.api.ApiAccount;
import io.sluice.catalog.Resource;
import io.sluice.cli.text.Json;
import io.sluice.config.UsageException;
import io.sluice.disk.DirectoryLock;
import io.sluice.disk.PrivateFiles;
import io.sluice.disk.ReplacedFile;
import io.sluice.report.ResultsDirectory;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the records are kept that a migration or a prune works on, so that a run that is gone on
 * with has the rows that it began with, whatever else lies beside them.
 *
 * @param results the directory of the run
 * @param save where the listing is wanted, or null for a place among the results
 * @param does what the run does with the account that is listed, in a message
 * @param given the account that is to be listed now, in a message
 */
public record SourceListing(Path results, @Nullable Path save, String does, String given) {
  private static final String NOTE = "source.json";

  /** Lists the records of an account into a snapshot. */
  @FunctionalInterface
  public interface Lister {
    /**
     * Lists them.
     *
     * @param root the directory below which the snapshot goes
     */
    Snapshot into(Path root) throws IOException;
  }

  /**
   * The records: as they were listed before, if a run goes on.
   *
   * @param resources the kinds of records of the run
   * @throws io.sluice.report.ResultsUsedException if an earlier run left its results there
   * @throws UsageException if the listing of a run that goes on is of another account
   */
  public Snapshot of(ApiAccount source, List<Resource> resources, boolean resume, Lister lister)
      throws IOException {
    if (!resume) {
      requireUnused(resources);
    }
    Optional<Snapshot> before = resume ? before(source) : Optional.empty();
    if (before.isPresent()) {
      return before.get();
    }
    begin();
    return keep(lister.into(save == null ? results.resolve("source") : save));
  }

  /** Checks that no earlier run left its results there, before anything is listed. */
  private void requireUnused(List<Resource> resources) throws IOException {
    for (Resource resource : resources) {
      Path part = results.resolve(resource.slug());
      if (Files.isDirectory(part)) {
        ResultsDirectory.begin(part).close();
      }
    }
  }

  /**
   * Leaves a trace among the results before anything is listed elsewhere, so that a run that is
   * killed meanwhile can be resumed.
   */
  private void begin() throws IOException {
    if (save != null) {
      PrivateFiles.createDirectories(results);
      DirectoryLock.take(results).close();
    }
  }

  /** Remembers which one it is; by its place among the results if it is there. */
  private Snapshot keep(Snapshot listed) throws IOException {
    Path home = results.toAbsolutePath().normalize();
    Path place = listed.directory().toAbsolutePath().normalize();
    String directory = (place.startsWith(home) ? home.relativize(place) : place).toString();
    String note = Json.MAPPER.createObjectNode().put("snapshot", directory).toString();
    PrivateFiles.createDirectories(results);
    try (ReplacedFile file = new ReplacedFile(results.resolve(NOTE))) {
      file.write((note + "\n").getBytes(StandardCharsets.UTF_8));
      file.finish();
    }
    return listed;
  }

  /**
   * The listing that the run began with; empty if it did not come to that, and nothing was sent.
   */
  private Optional<Snapshot> before(ApiAccount source) throws IOException {
    Path note = results.resolve(NOTE);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    String directory = Json.MAPPER.readTree(Files.readString(note)).path("snapshot").asString("");
    Snapshot snapshot = Snapshot.open(results.resolve(directory));
    Manifest manifest = snapshot.manifest();
    if (!manifest.accountId().equals(source.id())
        || !manifest.baseUrl().equals(source.baseUrl().toString())) {
      throw new UsageException(
          "the run in "
              + results
              + " "
              + does
              + " account "
              + manifest.accountId()
              + " of "
              + manifest.baseUrl()
              + ", not "
              + given,
          "go on with it as it was begun, or begin another one in other --results");
    }
    Verifier.requireSound(snapshot);
    return Optional.of(snapshot);
  }
}
