package io.sluice.pipeline.imports.saved;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.Limit;
import io.sluice.pipeline.imports.LintChoice;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.results.RunOptions;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.plan.Ownership;
import io.sluice.report.Action;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The head of one kind of records in a saved plan.
 *
 * @param maxDeletes as it was given; null for the default
 * @param maxErrors as it was given; null for any number
 * @param named whether it is an error if the account does not offer such records
 * @param inputName the input as its user named it
 * @param inputSha256 the digest of the input, in hex
 * @param rows how many rows the input has
 * @param rewritten how many of them were rewritten
 * @param options what decided which rows there are and what they mean
 * @param changes how many changes the plan has
 * @param deletes how many of them are deletes
 */
public record SavedPart(
    Resource resource,
    Mode mode,
    Strategy strategy,
    Origin origin,
    Validation.Level level,
    boolean skipInvalid,
    @Nullable String maxDeletes,
    @Nullable String maxErrors,
    boolean allowUnprotect,
    boolean safetySnapshot,
    boolean named,
    String inputName,
    String inputSha256,
    long rows,
    long rewritten,
    Map<String, String> options,
    long changes,
    long deletes) {

  /** Keeps a copy. */
  public SavedPart {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * The request of a run that carries it out. What it would write was looked at when it was made.
   *
   * @param given what is asked for now; what it leaves out is as it was when the plan was made
   * @throws IllegalArgumentException if that cannot be understood
   */
  public ImportRequest request(ImportOptions given, String toolVersion, OptionNames names) {
    Boolean safety = given.safetySnapshot();
    String most = given.maxDeletes() == null ? maxDeletes : given.maxDeletes();
    String errors = given.maxErrors() == null ? maxErrors : given.maxErrors();
    String sent = given.strategy();
    return new ImportRequest(
        new CheckRequest(resource, InputOptions.of(InputFormat.JSONL), level, mode)
            .with(ownership()),
        skipInvalid,
        mode,
        sent == null ? strategy : names.read("strategy", () -> Strategy.named(sent)),
        origin,
        null,
        given.dryRun(),
        most == null ? Limit.DELETES : names.read("max-deletes", () -> Limit.parse(most)),
        errors == null ? null : names.read("max-errors", () -> Limit.parse(errors)),
        allowUnprotect,
        safety == null ? safetySnapshot : safety,
        LintChoice.OFF,
        toolVersion,
        names,
        named,
        expiredBefore());
  }

  /** Whose records its deletes are measured by and looked at again for; ends are in the plan. */
  private Ownership ownership() {
    return Ownership.of(options.get(RunOptions.OWNER), options.get(RunOptions.ADOPT), null);
  }

  private @Nullable LocalDate expiredBefore() {
    String day = options.get(RunOptions.EXPIRED_BEFORE);
    return day == null ? null : LocalDate.parse(day);
  }

  /** What a plan of that request says, once the numbers are known. */
  static SavedPart of(PlannedPart part) {
    ImportRequest request = part.request();
    return new SavedPart(
        request.resource(),
        request.mode(),
        request.strategy(),
        request.origin(),
        request.rows().level(),
        request.skipInvalid(),
        Limit.DELETES.equals(request.maxDeletes()) ? null : text(request.maxDeletes()),
        request.maxErrors() == null ? null : text(request.maxErrors()),
        request.allowUnprotect(),
        request.safetySnapshot(),
        request.named(),
        part.header().inputName(),
        part.header().inputSha256(),
        part.header().inputRows(),
        part.input().summary().rewritings().rows(),
        part.header().options(),
        part.summary().total(),
        part.summary().of(Action.DELETE));
  }

  private static String text(Limit limit) {
    Double share = limit.share();
    return share == null
        ? Long.toString(limit.count())
        : BigDecimal.valueOf(share).movePointRight(2).toPlainString() + "%";
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("resource", resource.slug());
    json.put("mode", mode.label());
    json.put("strategy", strategy.label());
    json.put("origin", origin.name());
    json.put("validation", level.name());
    json.put("skip_invalid", skipInvalid);
    json.put("max_deletes", maxDeletes);
    json.put("max_errors", maxErrors);
    json.put("allow_unprotect", allowUnprotect);
    json.put("safety_snapshot", safetySnapshot);
    json.put("named", named);
    json.put("input", inputName);
    json.put("input_sha256", inputSha256);
    json.put("rows", rows);
    json.put("rewritten", rewritten);
    options.forEach(json.putObject("options")::put);
    json.put("changes", changes);
    json.put("deletes", deletes);
    return json;
  }

  /**
   * What the JSON object says.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  static SavedPart of(ObjectNode json) {
    Map<String, String> options = new LinkedHashMap<>();
    json.path("options").forEachEntry((name, value) -> options.put(name, value.asString("")));
    return new SavedPart(
        Catalog.get(text(json, "resource")),
        Mode.named(text(json, "mode")),
        Strategy.named(text(json, "strategy")),
        Origin.valueOf(text(json, "origin")),
        Validation.Level.valueOf(text(json, "validation")),
        json.path("skip_invalid").asBoolean(false),
        optional(json, "max_deletes"),
        optional(json, "max_errors"),
        json.path("allow_unprotect").asBoolean(false),
        json.path("safety_snapshot").asBoolean(true),
        json.path("named").asBoolean(true),
        text(json, "input"),
        text(json, "input_sha256"),
        json.path("rows").asLong(0),
        json.path("rewritten").asLong(0),
        options,
        json.path("changes").asLong(0),
        json.path("deletes").asLong(0));
  }

  private static String text(ObjectNode json, String name) {
    String text = optional(json, name);
    if (text == null) {
      throw new IllegalArgumentException("a part without " + name);
    }
    return text;
  }

  private static @Nullable String optional(ObjectNode json, String name) {
    return json.path(name).isString() ? json.path(name).asString("") : null;
  }
}
