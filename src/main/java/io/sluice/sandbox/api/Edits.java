package io.sluice.sandbox.api;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Trait;
import io.sluice.catalog.Validation;
import io.sluice.catalog.Validation.Purpose;
import io.sluice.sandbox.Problem;
import io.sluice.sandbox.data.HashIndex;
import io.sluice.sandbox.data.IdGenerator;
import io.sluice.sandbox.data.Json;
import io.sluice.sandbox.data.RawObject;
import io.sluice.sandbox.data.Row;
import io.sluice.sandbox.data.Store;
import io.sluice.sandbox.fault.Rejections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, edits and deletes single records. Read-only, deprecated and unknown fields in a body are
 * ignored, as the API is lenient with them; a domain's name cannot be changed; what a directory
 * keeps is refused with 403.
 */
public final class Edits {
  private static final List<String> STAMPS = List.of("modified_at", "last_modified");

  private final Store store;
  private final Resource resource;
  private final IdGenerator ids;
  private final Rejections rejections;
  private final List<Field> written;
  private final Map<String, Integer> creations = new ConcurrentHashMap<>();

  public Edits(Store store, IdGenerator ids, Rejections rejections) {
    this.store = store;
    this.resource = store.resource();
    this.ids = ids;
    this.rejections = rejections;
    this.written =
        resource.fields().stream()
            .filter(field -> !field.path().contains(".") && !field.is(Trait.DEPRECATED))
            .sorted(Comparator.comparing(field -> field.path().equals("id") ? "" : field.path()))
            .toList();
  }

  /** How many creates of each natural key were carried out; its values joined by {@code |}. */
  public Map<String, Integer> creations() {
    return creations;
  }

  Outcome create(ObjectNode body) {
    List<Problem> problems = validate(body, Purpose.CREATE);
    if (!problems.isEmpty()) {
      return new Outcome.Refused(problems);
    }
    Instant now = ids.now();
    String id = store.freshId(ids);
    ObjectNode record = record(body, id, IdGenerator.text(now));
    List<String> key = resource.key().stream().map(name -> text(record, name)).toList();
    long hash = Row.keyHash(key);
    if (store.taken(hash, "")) {
      return Outcome.Refused.of(Problem.conflict(resource));
    }
    byte[] bytes = Json.bytes(record);
    store.add(new Row(bytes, HashIndex.hash(id), hash, Row.nanos(now), id));
    String name = String.join("|", key);
    creations.merge(name, 1, Integer::sum);
    return new Outcome.Done(
        bytes,
        () -> {
          store.remove(id);
          creations.computeIfPresent(name, (same, times) -> times == 1 ? null : times - 1);
        });
  }

  /** Changes what the body gives. */
  Outcome edit(String id, ObjectNode body) {
    byte[] before = store.get(id);
    if (before == null) {
      return Outcome.Refused.of(Problem.noRecord(resource, id));
    }
    RawObject record = RawObject.of(before);
    Problem kept = kept(record, id);
    if (kept != null) {
      return Outcome.Refused.of(kept);
    }
    List<Problem> problems = validate(inContext(record, body), Purpose.EDIT);
    return problems.isEmpty() ? rewrite(id, record, before, body) : new Outcome.Refused(problems);
  }

  /** Replaces every writable field; the body must be whole. */
  Outcome put(String id, ObjectNode body) {
    List<Problem> problems = validate(body, Purpose.CREATE);
    if (!problems.isEmpty()) {
      return new Outcome.Refused(problems);
    }
    ObjectNode whole = body.deepCopy();
    for (Field field : written) {
      if (field.nullable() && !whole.has(field.path())) {
        whole.putNull(field.path());
      }
    }
    return edit(id, whole);
  }

  Outcome delete(String id) {
    byte[] before = store.get(id);
    Problem kept = before == null ? null : kept(RawObject.of(before), id);
    if (kept != null) {
      return Outcome.Refused.of(kept);
    }
    Row removed = store.remove(id);
    if (removed == null) {
      return Outcome.Refused.of(Problem.noRecord(resource, id));
    }
    byte[] result = Json.bytes(Json.MAPPER.createObjectNode().put("id", id));
    return new Outcome.Done(result, () -> store.add(removed));
  }

  private Outcome rewrite(String id, RawObject record, byte[] before, ObjectNode body) {
    for (Field field : written) {
      JsonNode value = field.writable() ? body.get(field.path()) : null;
      if (value == null) {
        continue;
      } else if (!resource.can(Ability.CREATE)
          && field.type() instanceof FieldType.DomainName
          && !value.asString("").equals(record.text(field.path()))) {
        return Outcome.Refused.of(Problem.invalid(field.path(), "cannot be changed"));
      }
      record.with(field.path(), value);
    }
    String now = '"' + IdGenerator.text(ids.now()) + '"';
    for (String stamp : STAMPS) {
      if (resource.field(stamp).isPresent()) {
        record.withRaw(stamp, now);
      }
    }
    byte[] after = record.bytes();
    Row row = Row.of(resource, after);
    if (row.key() != Row.of(resource, before).key() && store.taken(row.key(), id)) {
      return Outcome.Refused.of(Problem.conflict(resource));
    }
    store.replace(row);
    return new Outcome.Done(after, () -> store.replace(Row.of(resource, before)));
  }

  private List<Problem> validate(ObjectNode body, Purpose purpose) {
    List<Problem> problems = new ArrayList<>();
    for (var fault : Validation.faults(resource, body, purpose, Validation.Level.STRICT)) {
      problems.add(Problem.invalid(fault.field(), fault.field() + ": " + fault.reason()));
    }
    if (problems.isEmpty()) {
      rejections.of(resource.name(), body).ifPresent(problems::add);
    }
    return problems;
  }

  /** The body, with those stored values beside which a changed pattern must be read. */
  private ObjectNode inContext(RawObject record, ObjectNode body) {
    ObjectNode context = body;
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null) {
      List<String> fields = new ArrayList<>(List.of(pattern.field()));
      if (pattern.typeField() != null) {
        fields.add(pattern.typeField());
      }
      if (pattern.regexField() != null) {
        fields.add(pattern.regexField());
      }
      if (fields.stream().anyMatch(body::has)) {
        context = context.deepCopy();
        for (String field : fields) {
          byte[] stored = record.raw(field);
          if (!context.has(field) && stored != null) {
            context.set(field, Json.MAPPER.readTree(stored));
          }
        }
      }
    }
    return context;
  }

  private @Nullable Problem kept(RawObject record, String id) {
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.KeptElsewhere kept
          && !record.textOr(kept.field(), kept.writable()).equals(kept.writable())) {
        return Problem.keptElsewhere(id, kept.reason());
      }
    }
    return null;
  }

  private ObjectNode record(ObjectNode body, String id, String now) {
    ObjectNode record = Json.MAPPER.createObjectNode();
    for (Field field : written) {
      String name = field.path();
      JsonNode given = field.writable() ? body.get(name) : null;
      if (given != null) {
        record.set(name, given);
      } else if (name.equals("id")) {
        record.put(name, id);
      } else if (field.is(Trait.EXPIRY)) {
        record.putNull(name);
      } else if (field.type() instanceof FieldType.Timestamp) {
        record.put(name, now);
      } else if (field.nullable()) {
        record.putNull(name);
      } else if (field.type() instanceof FieldType.Choice choice) {
        record.put(name, choice.values().get(0));
      }
    }
    return record;
  }

  private static String text(ObjectNode record, String name) {
    return record.path(name).asString("");
  }
}
