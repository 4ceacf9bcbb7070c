package io.sluice.job.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.job.JobKind;
import io.sluice.pipeline.imports.ImportOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request of a job, as it is stored and as the API takes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExportSpec.class, name = "export"),
  @JsonSubTypes.Type(value = ImportSpec.class, name = "import"),
  @JsonSubTypes.Type(value = RestoreSpec.class, name = "restore"),
  @JsonSubTypes.Type(value = MigrateSpec.class, name = "migrate"),
  @JsonSubTypes.Type(value = PruneSpec.class, name = "prune"),
  @JsonSubTypes.Type(value = FeedSpec.class, name = "feed"),
  @JsonSubTypes.Type(value = DiffSpec.class, name = "diff"),
  @JsonSubTypes.Type(value = InsightSpec.class, name = "insight")
})
public sealed interface JobSpec
    permits ExportSpec,
        ImportSpec,
        RestoreSpec,
        MigrateSpec,
        PruneSpec,
        FeedSpec,
        DiffSpec,
        InsightSpec {

  /** The kind of job. */
  JobKind jobKind();

  /** True if nothing is to be changed. */
  default boolean rehearsal() {
    ImportOptions options = options();
    return options != null && options.dryRun();
  }

  /**
   * Whose account the job works on: of a migration the target, of a comparison the first that is
   * live. Empty if none is.
   */
  default String profile() {
    return "";
  }

  /** The slugs of the kinds of records that are asked for; empty or null for all. */
  default @Nullable List<String> resources() {
    return null;
  }

  /** How records are changed; null for all defaults, or if nothing is changed. */
  default @Nullable ImportOptions options() {
    return null;
  }

  /**
   * Checks what an export, a prune or a look at lists asks for, whatever accounts and files hold.
   *
   * @throws IllegalArgumentException saying what cannot be understood, or has no effect
   */
  default void check() {}

  /** True if kinds of records are asked for by name. */
  static boolean named(@Nullable List<String> slugs) {
    return slugs != null && !slugs.isEmpty();
  }

  /** The resources of these slugs, each once; all if none is named. */
  static List<Resource> resources(@Nullable List<String> slugs) {
    return slugs != null && named(slugs)
        ? slugs.stream().map(Catalog::get).distinct().toList()
        : Catalog.resources();
  }
}
