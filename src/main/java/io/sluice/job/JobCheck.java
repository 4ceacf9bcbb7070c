package io.sluice.job;

import io.sluice.catalog.Resource;
import io.sluice.config.Connection;
import io.sluice.config.FeedEntry;
import io.sluice.config.UsageException;
import io.sluice.disk.Sha256;
import io.sluice.format.OptionNames;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Upload;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.FeedSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.MigrateSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.job.spec.RestoreSpec;
import io.sluice.job.work.FeedWork;
import io.sluice.job.work.ImportWork;
import io.sluice.job.work.JobEnvironment;
import io.sluice.job.work.RestoreWork;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.snapshot.NotASnapshotException;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a job before it is taken. Blocking. */
final class JobCheck {
  private final JobEnvironment environment;

  JobCheck(JobEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Checks all that can be known before the job runs.
   *
   * @throws UsageException if it cannot run
   */
  void require(JobSpec spec) {
    try {
      account(spec);
      spec.check();
      if (spec instanceof ImportSpec some) {
        ImportWork.request(some, upload(some.upload()), environment.toolVersion());
      } else if (spec instanceof RestoreSpec restore) {
        request(restore.options());
        if (resources(spec).isEmpty()) {
          throw new UsageException("the snapshot holds none of these resources", null);
        }
      } else if (spec instanceof MigrateSpec migrate) {
        request(migrate.options());
        requireDifferent(migrate);
        resources(spec);
      } else if (spec instanceof FeedSpec feed) {
        requireFeed(feed);
      } else if (spec instanceof DiffSpec diff) {
        requireSide(diff.before());
        requireSide(diff.after());
        resources(spec);
      } else if (spec instanceof InsightSpec insight) {
        requireSide(insight.source());
        environment.accounts().knownDomains(insight.profile());
      }
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(String.valueOf(unusable.getMessage()), null);
    }
  }

  /** The id of the account that the job works on; of two snapshots, that of the first. */
  String account(JobSpec spec) {
    String profile = spec.profile();
    if (profile.isEmpty() && spec instanceof InsightSpec insight) {
      return snapshot(insight.source()).manifest().accountId();
    }
    return profile.isEmpty() && spec instanceof DiffSpec diff
        ? snapshot(diff.before()).manifest().accountId()
        : environment.accounts().connection(profile).account().id();
  }

  /** Which API that account is at, by a hash of its base URL; empty if there is no account. */
  String api(JobSpec spec) {
    String profile = spec.profile();
    return profile.isEmpty()
        ? ""
        : Sha256.hex(environment.accounts().connection(profile).account().baseUrl().toString());
  }

  /** The kinds of records that the job is about, as slugs. */
  List<String> resources(JobSpec spec) {
    if (spec instanceof RestoreSpec restore) {
      return RestoreWork.entries(snapshot(restore.snapshot()), restore.resources()).stream()
          .map(ResourceEntry::resource)
          .toList();
    } else if (spec instanceof FeedSpec feed) {
      return List.of(environment.feed(feed.feed()).resource().slug());
    }
    List<Resource> resources =
        spec instanceof PruneSpec prune
            ? prune.expired().resources()
            : JobSpec.resources(spec.resources());
    return resources.stream().map(Resource::slug).toList();
  }

  private void requireFeed(FeedSpec spec) {
    FeedEntry feed = environment.feed(spec.feed());
    FeedWork.request(spec, feed, environment.toolVersion());
    if (spec.options() != null) {
      spec.options().requireEffect(List.of(feed.resource()), OptionNames.API);
    }
  }

  private void requireDifferent(MigrateSpec migrate) {
    Connection from = environment.accounts().connection(migrate.from());
    Connection to = environment.accounts().connection(migrate.to());
    if (from.account().id().equals(to.account().id())
        && from.account().baseUrl().equals(to.account().baseUrl())) {
      throw new UsageException(
          "the profiles " + migrate.from() + " and " + migrate.to() + " are of the same account",
          null);
    }
  }

  private void requireSide(String side) {
    String profile = Side.profile(side);
    if (profile == null) {
      snapshot(side);
    } else {
      environment.accounts().connection(profile);
    }
  }

  private Snapshot snapshot(String id) {
    try {
      return environment.snapshot(id);
    } catch (NotASnapshotException damaged) {
      throw new UsageException(
          environment.files().withoutPath(String.valueOf(damaged.getMessage())),
          "choose another one; " + JobFiles.REPAIR);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Upload upload(String id) {
    return environment
        .uploads()
        .get(id)
        .orElseThrow(() -> new UsageException("there is no upload " + id, null));
  }

  private void request(@Nullable ImportOptions options) {
    if (options != null) {
      options.check(OptionNames.API);
    }
  }
}
