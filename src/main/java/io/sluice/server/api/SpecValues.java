package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.format.OptionNames;
import io.sluice.job.JobKind;
import io.sluice.job.TextLimit;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.MigrateSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds values of a job's options that cannot be understood, whatever account and files hold. */
public final class SpecValues {
  private static final Set<JobKind> OF_RESOURCES =
      EnumSet.of(JobKind.IMPORT, JobKind.RESTORE, JobKind.MIGRATE);

  private SpecValues() {}

  /**
   * Looks through what a job is asked to do.
   *
   * @throws ProblemException naming the first property whose value cannot be understood
   */
  static void check(JobSpec spec) {
    profiles(spec).forEach(name -> checked("", () -> TextLimit.PROFILE_NAME.require(name)));
    if (spec instanceof ImportSpec some) {
      reading(some.resource(), some.reading());
    }
    resources(spec.resources());
    ImportOptions options = spec.options();
    if (options != null && !(spec instanceof PruneSpec)) {
      checked("options: ", () -> options.check(OptionNames.API));
    }
    checked("", spec::check);
  }

  private static List<String> profiles(JobSpec spec) {
    if (spec instanceof MigrateSpec migrate) {
      return List.of(migrate.from(), migrate.to());
    }
    return spec instanceof DiffSpec || spec instanceof InsightSpec
        ? List.of()
        : List.of(spec.profile());
  }

  /**
   * Looks for options that are understood, but have no effect with the job's mode and resources.
   *
   * @throws ProblemException naming the first one, and what it belongs to
   */
  static void requireEffect(JobSpec spec) {
    ImportOptions options = spec.options();
    if (options != null && OF_RESOURCES.contains(spec.jobKind())) {
      List<String> names = spec.resources();
      List<Resource> resources =
          names == null ? Catalog.resources() : names.stream().map(Catalog::get).toList();
      checked("options: ", () -> options.requireEffect(resources, OptionNames.API));
    }
  }

  /**
   * Looks through how a file is to be read as records of a kind.
   *
   * @throws ProblemException naming the first property whose value cannot be understood
   */
  public static void reading(String resource, @Nullable Reading reading) {
    checked(
        "",
        () -> {
          Resource rows = Catalog.get(resource);
          if (reading != null) {
            checked("reading: ", () -> reading.check(rows, OptionNames.API));
          }
        });
  }

  /** Looks through names of resources; null for all. */
  static void resources(@Nullable List<String> names) {
    if (names != null && names.isEmpty()) {
      throw bad("resources names none; leave it out for all");
    }
    Set<Resource> named = new HashSet<>();
    for (String name : names == null ? List.<String>of() : names) {
      checked(
          "resources: ",
          () -> {
            if (!named.add(Catalog.get(name))) {
              throw new IllegalArgumentException(
                  "'" + EscapedText.brief(name) + "' is given twice");
            }
          });
    }
  }

  private static void checked(String place, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException unusable) {
      throw bad(place + unusable.getMessage());
    }
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_property", detail).exception();
  }
}
