package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Version;
import io.sluice.config.UsageException;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The import of several kinds of records as the command line asks for it.
 *
 * @param command what it is called
 * @param parts one for each kind of record
 * @param unavailable what the account that the rows are of does not offer, so that nothing is known
 *     of it
 * @param dryRun whether nothing is to be changed
 * @param resume whether to go on with a run that was stopped
 * @param rerun the command lines that follow from this one
 * @param targetOptions what names the account in a command line that restores it, if the options
 *     that were given do not
 * @param target where the plan is saved; null if it is not
 */
public record Transfer(
    String command,
    List<SnapshotImport.Part> parts,
    List<Unavailable> unavailable,
    boolean dryRun,
    boolean resume,
    Rerun rerun,
    List<String> targetOptions,
    @Nullable PlanTarget target) {

  /** Keeps copies. */
  public Transfer {
    parts = List.copyOf(parts);
  }

  /** A saved plan that is carried out. */
  public static Transfer of(
      List<SnapshotImport.Part> parts, ImportOptions given, boolean resume, Rerun rerun) {
    return new Transfer("apply", parts, List.of(), given.dryRun(), resume, rerun, List.of(), null);
  }

  /**
   * The parts of a snapshot.
   *
   * @param accountId the account to write to
   * @param named whether its kinds of records were asked for by name
   */
  public static List<SnapshotImport.Part> parts(
      Snapshot snapshot,
      List<ResourceEntry> entries,
      String accountId,
      boolean named,
      ImportOptions options) {
    return SnapshotImport.Part.all(
        snapshot, entries, accountId, named, options, Version.current(), OptionNames.COMMAND_LINE);
  }

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
}
