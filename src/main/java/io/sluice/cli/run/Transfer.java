package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Version;
import io.sluice.config.UsageException;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The import of a snapshot as the command line asks for it.
 *
 * @param command what it is called
 * @param entries what of the snapshot is imported
 * @param named whether its kinds of records were asked for by name
 * @param resume whether to go on with a run that was stopped
 * @param rerun the command lines that follow from this one
 * @param targetOptions what names the account in a command line that restores it, if the options
 *     that were given do not
 * @param expiredBefore records alone are deleted whose last day lies before that day; null for all
 */
public record Transfer(
    String command,
    Snapshot snapshot,
    List<ResourceEntry> entries,
    boolean named,
    ImportOptions options,
    boolean resume,
    Rerun rerun,
    List<String> targetOptions,
    @Nullable LocalDate expiredBefore) {

  /**
   * What the snapshot holds of the resources that were named; all if none was.
   *
   * @throws UsageException if it does not hold one
   */
  public static List<ResourceEntry> entries(Snapshot snapshot, List<Resource> named) {
    List<ResourceEntry> all = snapshot.manifest().resources();
    if (named.isEmpty()) {
      return all;
    }
    return named.stream().map(resource -> entry(all, resource, snapshot)).toList();
  }

  /** What the account that the snapshot is of does not offer, so that nothing is known of it. */
  public List<Unavailable> unavailable() {
    return snapshot.manifest().unavailable();
  }

  private static ResourceEntry entry(
      List<ResourceEntry> all, Resource resource, Snapshot snapshot) {
    return all.stream()
        .filter(entry -> entry.resource().equals(resource.slug()))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    snapshot.directory()
                        + " holds no "
                        + resource
                        + snapshot
                            .manifest()
                            .unavailable(resource.slug())
                            .map(why -> ", which its account did not offer (" + why.reason() + ")")
                            .orElse(""),
                    "it holds "
                        + String.join(", ", all.stream().map(ResourceEntry::resource).toList())));
  }

  /**
   * One part for each kind of record.
   *
   * @param accountId the account to write to
   */
  List<SnapshotImport.Part> parts(String accountId) {
    List<SnapshotImport.Part> parts =
        SnapshotImport.Part.all(
            snapshot,
            entries,
            accountId,
            named,
            options,
            Version.current(),
            OptionNames.COMMAND_LINE);
    LocalDate before = expiredBefore;
    return before == null ? parts : parts.stream().map(part -> part.expiredBefore(before)).toList();
  }
}
