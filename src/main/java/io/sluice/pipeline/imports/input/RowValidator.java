package io.sluice.pipeline.imports.input;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Defaults;
import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Trait;
import io.sluice.catalog.Validation;
import io.sluice.catalog.Validation.Purpose;
import io.sluice.catalog.pattern.FreeName;
import io.sluice.format.InputFault;
import io.sluice.format.InputFormat;
import io.sluice.format.InputRow;
import io.sluice.format.RowSource;
import io.sluice.plan.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Validates single rows without asking the API. The same row always gets the same result. */
final class RowValidator {
  /** A code point beyond ASCII, as reasons name it. */
  private static final Pattern OTHER_CHARACTER = Pattern.compile("U\\+(?!00[0-7])[0-9A-F]{4,6}");

  private final CheckRequest request;
  private final Map<String, String> columns;
  private final PatternRewriter patterns;
  private final Rule.@Nullable Pattern pattern;
  private final FaultAdvice advice;
  private final TagFaults tags;

  /**
   * A row and what is wrong with it.
   *
   * @param record what the row says, its key whole
   * @param whole the same as it would be created, where it may be: what is left out is filled in
   * @param faults what makes it invalid; none if it is valid
   * @param unlessHeld what would make it invalid, if the account did not hold exactly this
   */
  record Validated(
      ObjectNode record, ObjectNode whole, List<InputFault> faults, List<Fault> unlessHeld) {
    boolean invalid() {
      return !faults.isEmpty();
    }
  }

  /**
   * @param columns the file's own names of fields, by field
   */
  RowValidator(CheckRequest request, Map<String, String> columns) {
    this.request = request;
    this.columns = columns;
    this.patterns = new PatternRewriter(request.resource(), request.mode() == Mode.DELETE);
    this.pattern = patterns.rule();
    this.tags = new TagFaults(request);
    this.advice =
        new FaultAdvice(request, new TypeRewriter(request.resource(), pattern, columns), pattern);
  }

  /** A row that was validated before, and found sound. */
  Validated sound(InputRow row) {
    ObjectNode record = typed(row.record());
    return new Validated(record, record, List.of(), List.of());
  }

  Validated validate(InputRow row) {
    Resource resource = request.resource();
    boolean inferred =
        pattern != null && pattern.typeField() != null && !row.record().has(pattern.typeField());
    ObjectNode record = typed(row.record());
    boolean identified = record.hasNonNull("id");
    boolean creates = request.mode().creates() && !identified;
    ObjectNode whole = creates ? Defaults.completed(resource, record) : record;
    List<InputFault> faults = new ArrayList<>(row.faults());
    String noId = RecordId.wrong(record.get("id"), request.input().names());
    if (noId != null) {
      faults.add(new InputFault(row.line(), column("id"), RecordId.shown(record), noId));
      return new Validated(record, whole, faults, List.of());
    }
    if (!identified && !creates && faults.isEmpty() && NaturalKey.of(resource, record).isEmpty()) {
      String key = String.join(" and ", resource.key());
      faults.add(new InputFault(row.line(), "id", "", "an id, or " + key + ", must be given"));
    }
    if (identified && faults.isEmpty() && saysTooLittle(record)) {
      String reason =
          "nothing beside the id, which is enough to delete a record only: give the fields to set";
      faults.add(new InputFault(row.line(), column("id"), record.path("id").asString(""), reason));
      return new Validated(record, whole, faults, List.of());
    }
    if (faults.stream().anyMatch(fault -> fault.column().isEmpty())) {
      return new Validated(record, whole, faults, List.of());
    }
    for (Fault fault : tags.of(record)) {
      faults.add(InputFault.of(row.line(), column(fault.field()), fault.value(), fault.reason()));
    }
    Purpose purpose = creates ? Purpose.CREATE : Purpose.EDIT;
    List<Fault> found = Validation.faults(resource, whole, purpose, request.level());
    if (!identified && request.level() == Validation.Level.STRICT) {
      found.addAll(Validation.unseen(resource, whole));
      found.addAll(Validation.unmatchable(resource, whole));
    }
    if (identified && faults.isEmpty()) {
      return new Validated(record, whole, faults, found);
    }
    for (Fault fault : found) {
      if (!followsFromPattern(fault, record)
          && faults.stream().noneMatch(known -> known.column().equals(column(fault.field())))) {
        faults.add(explained(row, whole, inferred, fault));
      }
    }
    return new Validated(record, whole, faults, List.of());
  }

  /**
   * True if a row with an id is sound only if the account has that record: its pattern has no type,
   * and would be no pattern of a record to be created.
   */
  boolean dependsOnTheAccount(Validated row) {
    if (pattern == null
        || pattern.typeField() == null
        || !row.record().hasNonNull("id")
        || row.record().has(pattern.typeField())
        || request.mode() == Mode.DELETE) {
      return false;
    }
    ObjectNode whole = Defaults.completed(request.resource(), row.record());
    return Validation.faults(request.resource(), whole, Purpose.EDIT, request.level()).stream()
        .anyMatch(fault -> fault.field().equals(pattern.field()));
  }

  /** A type that cannot be inferred since no pattern is given, or no text: that is said of it. */
  private boolean followsFromPattern(Fault fault, ObjectNode record) {
    return pattern != null
        && fault.field().equals(pattern.typeField())
        && !record.has(fault.field())
        && !record.path(pattern.field()).isString();
  }

  /** To delete a record its id is enough. A field of old that another took the place of counts. */
  private boolean saysTooLittle(ObjectNode record) {
    return request.mode() != Mode.DELETE
        && request.level() != Validation.Level.OFF
        && CommentTag.EXPIRES.in(record) == null
        && request.resource().fields().stream()
            .noneMatch(field -> !field.is(Trait.READ_ONLY) && field.in(record) != null);
  }

  /** The record that an id names has a type of its own, which is not to be overwritten. */
  private ObjectNode typed(ObjectNode record) {
    if (!record.hasNonNull("id")) {
      Defaults.inferType(request.resource(), record);
    }
    return record;
  }

  /** Names the form that a pattern is written in, and what it would become. */
  private InputFault explained(InputRow row, ObjectNode whole, boolean inferred, Fault fault) {
    InputFault plain =
        new InputFault(
            row.line(), column(fault.field()), written(row, whole, fault), fault.reason());
    if (pattern == null || !pattern.field().equals(fault.field())) {
      return withName(row, whole, advice.ofType(row, whole, plain, fault), fault);
    }
    ObjectNode record = whole;
    if (inferred && pattern.typeField() != null) {
      record = whole.deepCopy();
      record.remove(pattern.typeField());
    }
    PatternRewriter.Result result =
        patterns.of(pattern, record, record.path(fault.field()).asString(""));
    if (result instanceof PatternRewriter.Result.New rewritten) {
      String remedy = request.input().normalize() ? null : "becomes " + rewritten.shown();
      // What cannot be told by its looks is named by its code point, which says more than the form.
      String reason =
          OTHER_CHARACTER.matcher(fault.reason()).find()
              ? fault.reason()
              : "is " + rewritten.forms();
      return new InputFault(row.line(), plain.column(), plain.value(), reason, remedy);
    } else if (result instanceof PatternRewriter.Result.Refused refused) {
      return new InputFault(row.line(), plain.column(), plain.value(), refused.reason());
    } else if (result instanceof PatternRewriter.Result.Remark remark) {
      boolean list = request.input().format() == InputFormat.LIST;
      return new InputFault(
          row.line(),
          plain.column(),
          plain.value(),
          "is " + remark.what() + ", where a pattern belongs",
          list ? "is passed over" : null);
    }
    return advice.ofPattern(row, whole, plain, record.path(fault.field()).asString(""));
  }

  /** A null as the file writes it. */
  private String written(InputRow row, ObjectNode whole, Fault fault) {
    JsonNode value =
        request.resource().field(fault.field()).map(field -> field.in(whole)).orElse(null);
    boolean cell = row.source() instanceof RowSource.Cells;
    return value != null && value.isNull() && cell ? "\\N" : fault.value();
  }

  /** Names what normalizing would make of a name. */
  private InputFault withName(InputRow row, ObjectNode whole, InputFault plain, Fault fault) {
    JsonNode value = whole.get(fault.field());
    Field field = request.resource().field(fault.field()).orElse(null);
    if (request.input().normalize()
        || value == null
        || !value.isString()
        || field == null
        || !request.resource().isName(field)) {
      return plain;
    }
    String cleaned = FreeName.cleaned(value.stringValue());
    return cleaned.equals(value.stringValue())
        ? plain
        : new InputFault(
            row.line(), plain.column(), plain.value(), plain.reason(), "becomes " + cleaned);
  }

  private String column(String field) {
    return columns.getOrDefault(field, field);
  }
}
