package io.sluice.job.spec;

import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.job.JobKind;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.plan.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delete of the records whose last day has passed.
 *
 * @param resources slugs; empty or null for all that can have an end
 * @param grace how many days after their last day records stay, such as 7d; null for none
 * @param options how they are deleted; its owner's records alone, if it names one
 */
public record PruneSpec(
    String profile,
    @Nullable List<String> resources,
    @Nullable String grace,
    @Nullable ImportOptions options)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.PRUNE;
  }

  @Override
  public void check() {
    if (options != null && options.mode() != null && !"delete".equals(options.mode())) {
      throw new IllegalArgumentException("options: mode has no effect on prune, which deletes");
    }
    deleting().check(OptionNames.API).requireEffect(expired().resources(), OptionNames.API);
  }

  /** The records to delete. */
  public ExpiredRecords expired() {
    List<Resource> all = JobSpec.resources(resources);
    for (Resource resource : all) {
      if (JobSpec.named(resources) && !ExpiredRecords.canExpire(resource)) {
        throw new IllegalArgumentException(
            "resources: " + resource.slug() + " have no end: leave them out");
      }
    }
    return new ExpiredRecords(
        all.stream().filter(ExpiredRecords::canExpire).toList(),
        JobSpec.named(resources),
        options == null ? null : options.owner(),
        grace == null ? 0 : OptionNames.API.read("grace", () -> ExpiredRecords.days(grace)));
  }

  /** How it is deleted. */
  public ImportOptions deleting() {
    ImportOptions given = options == null ? ImportOptions.DEFAULT : options;
    return new ImportOptions(
        Mode.DELETE.label(),
        given.strategy(),
        given.dryRun(),
        given.maxDeletes(),
        given.maxErrors(),
        given.allowUnprotect(),
        given.safetySnapshot(),
        given.lint(),
        given.owner(),
        given.adopt(),
        given.expires());
  }
}
