package io.sluice.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sluice.api.Listing;
import io.sluice.api.ListingFilters;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.format.RowFormat;
import io.sluice.job.work.Work;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.pipeline.insight.Question;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.plan.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The request of a job, as it is stored and as the API takes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobSpec.Export.class, name = "export"),
  @JsonSubTypes.Type(value = JobSpec.Import.class, name = "import"),
  @JsonSubTypes.Type(value = JobSpec.Restore.class, name = "restore"),
  @JsonSubTypes.Type(value = JobSpec.Migrate.class, name = "migrate"),
  @JsonSubTypes.Type(value = JobSpec.Prune.class, name = "prune"),
  @JsonSubTypes.Type(value = JobSpec.Feed.class, name = "feed"),
  @JsonSubTypes.Type(value = JobSpec.Diff.class, name = "diff"),
  @JsonSubTypes.Type(value = JobSpec.Insight.class, name = "insight")
})
public sealed interface JobSpec {

  /** The kind of job, by the name of the record. */
  default JobKind jobKind() {
    return JobKind.valueOf(getClass().getSimpleName().toUpperCase(Locale.ROOT));
  }

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

  /**
   * A snapshot of an account.
   *
   * @param resources slugs; empty or null for all
   * @param format jsonl, csv, or null for the default
   * @param keep how many snapshots of the account to keep; null for all
   * @param excelSafe whether CSV cells are marked that a spreadsheet would take for formulas
   * @param where the values that records must match, by filter; empty or null for all records
   */
  record Export(
      String profile,
      @Nullable List<String> resources,
      @Nullable String format,
      boolean gzip,
      @Nullable Integer keep,
      boolean excelSafe,
      @Nullable Map<String, List<String>> where)
      implements JobSpec {
    /** True if it leaves records out, so that it is no backup of its resources. */
    public boolean narrowed() {
      return where != null && !where.isEmpty();
    }

    @Override
    public void check() {
      if (keep != null && keep < 1) {
        throw new IllegalArgumentException("keep: it is a number from 1 on");
      }
      request("");
    }

    /** The resources to export, and their format. */
    public ExportRequest request(String toolVersion) {
      RowFormat rows = format == null ? RowFormat.JSONL : rowFormat(format);
      if (excelSafe && rows != RowFormat.CSV) {
        throw new IllegalArgumentException("excel_safe: it goes with format csv");
      }
      return new ExportRequest(
          Work.resources(resources).stream().map(this::listing).toList(),
          rows,
          gzip,
          excelSafe,
          toolVersion,
          Work.named(resources));
    }

    private Listing listing(Resource resource) {
      try {
        return ListingFilters.listing(resource, where == null ? Map.of() : where);
      } catch (IllegalArgumentException unusable) {
        throw new IllegalArgumentException("where: " + unusable.getMessage(), unusable);
      }
    }

    private static RowFormat rowFormat(String name) {
      try {
        return RowFormat.named(name);
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException("format: " + unknown.getMessage(), unknown);
      }
    }
  }

  /**
   * An import of an upload.
   *
   * @param upload the id of the upload
   * @param reading how its rows are read; null for what its name tells
   * @param options null for all defaults
   */
  record Import(
      String profile,
      String resource,
      String upload,
      @Nullable Reading reading,
      @Nullable ImportOptions options)
      implements JobSpec {
    @Override
    public List<String> resources() {
      return List.of(resource);
    }
  }

  /**
   * A snapshot, put back.
   *
   * @param snapshot the id of the snapshot
   */
  record Restore(
      String profile,
      String snapshot,
      @Nullable List<String> resources,
      @Nullable ImportOptions options)
      implements JobSpec {}

  /** An account, carried over to another. */
  record Migrate(
      String from, String to, @Nullable List<String> resources, @Nullable ImportOptions options)
      implements JobSpec {
    @Override
    public String profile() {
      return to;
    }
  }

  /**
   * A delete of the records whose last day has passed.
   *
   * @param resources slugs; empty or null for all that can have an end
   * @param grace how many days after their last day records stay, such as 7d; null for none
   * @param options how they are deleted; its owner's records alone, if it names one
   */
  record Prune(
      String profile,
      @Nullable List<String> resources,
      @Nullable String grace,
      @Nullable ImportOptions options)
      implements JobSpec {
    @Override
    public void check() {
      if (options != null && options.mode() != null && !"delete".equals(options.mode())) {
        throw new IllegalArgumentException("options: mode has no effect on prune, which deletes");
      }
      deleting().check(OptionNames.API).requireEffect(expired().resources(), OptionNames.API);
    }

    /** The records to delete. */
    public ExpiredRecords expired() {
      List<Resource> all = Work.resources(resources);
      for (Resource resource : all) {
        if (Work.named(resources) && !ExpiredRecords.canExpire(resource)) {
          throw new IllegalArgumentException(
              "resources: " + resource.slug() + " have no end: leave them out");
        }
      }
      return new ExpiredRecords(
          all.stream().filter(ExpiredRecords::canExpire).toList(),
          Work.named(resources),
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

  /**
   * An import of a feed that the configuration names.
   *
   * @param feed its name
   * @param reading how its rows are read; null for what the configuration and its address say
   * @param options null for all defaults
   */
  record Feed(
      String profile, String feed, @Nullable Reading reading, @Nullable ImportOptions options)
      implements JobSpec {}

  /**
   * A comparison.
   *
   * @param before {@code profile:NAME}, or the id of a snapshot
   * @param after the same
   */
  record Diff(String before, String after, @Nullable List<String> resources) implements JobSpec {
    @Override
    public String profile() {
      String first = Side.profile(before);
      String other = first == null ? Side.profile(after) : first;
      return Objects.requireNonNullElse(other, "");
    }

    @Override
    public boolean rehearsal() {
      return true;
    }
  }

  /**
   * A look at lists.
   *
   * @param about {@code lint} or {@code explain}
   * @param source {@code profile:NAME}, or the id of a snapshot
   * @param ignore the rules that lint leaves out; empty or null for none
   * @param sender what is explained: one of this and the three that follow
   */
  record Insight(
      String about,
      String source,
      @Nullable List<String> resources,
      @Nullable List<String> ignore,
      @Nullable String sender,
      @Nullable String domain,
      @Nullable String ip,
      @Nullable String recipient)
      implements JobSpec {
    /** What lint is asked for by name. */
    public static final String LINT = "lint";

    /** What explain is asked for by name. */
    public static final String EXPLAIN = "explain";

    /** The profile whose account is looked at; empty for a snapshot. */
    @Override
    public String profile() {
      return Objects.requireNonNullElse(Side.profile(source), "");
    }

    /** The rules that are left out. */
    public Set<LintRule> ignored() {
      Set<LintRule> rules = EnumSet.noneOf(LintRule.class);
      for (String id : ignore == null ? List.<String>of() : ignore) {
        rules.add(LintRule.named(id));
      }
      return rules;
    }

    /** The question to explain. */
    public Question question() {
      return Question.only(sender, domain, ip, recipient);
    }

    @Override
    public void check() {
      boolean asks = sender != null || domain != null || ip != null || recipient != null;
      if (about.equals(EXPLAIN)) {
        if (ignore != null) {
          throw new IllegalArgumentException("ignore has no effect on explain");
        }
        question();
      } else if (!about.equals(LINT)) {
        throw new IllegalArgumentException("about: '" + about + "' is neither lint nor explain");
      } else if (asks) {
        throw new IllegalArgumentException(
            "sender, domain, ip and recipient have no effect on lint");
      }
      ignored();
    }
  }
}
