package io.sluice.plan;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.disk.IdSet;
import io.sluice.hash.Hash64;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records and keys of earlier rows: records of the account, and keys that the account is going
 * to have. Takes up to 24 bytes a row and moves to the disk when that is much; of rows that are
 * known to be distinct a bit for each record. Not safe for use by several threads.
 */
final class SeenKeys implements Closeable {
  private final Resource resource;
  private final Origin origin;
  private final boolean distinct;
  private final BitSet records = new BitSet();
  private final IdSet names;
  private final IdSet contents;
  private final Hash64 hash = Hash64.random();

  /** How a row stands to the rows before it. */
  enum Standing {
    /** None of them names the same record. */
    FIRST,
    /** One does, and says the same. */
    REPEATS,
    /** One does, and says something else. */
    CONTRADICTS
  }

  SeenKeys(PlanRequest request, Path scratch) {
    this.resource = request.resource();
    this.origin = request.origin();
    this.distinct = request.distinct();
    this.names = new IdSet(scratch);
    this.contents = new IdSet(scratch);
  }

  /** Marks a record as taken by a row; and what the row gives it anew: a key, or another's id. */
  Standing found(AccountRecord held, ObjectNode row) {
    if (distinct) {
      boolean first = !records.get(held.ordinal());
      records.set(held.ordinal());
      return first ? Standing.FIRST : Standing.CONTRADICTS;
    }
    Optional<Key> newKey = newKey(held.fields(), row);
    String id = AccountRecord.idIn(row);
    long content = content("held " + held.ordinal(), newKey, row);
    boolean free = !records.get(held.ordinal()) && claimed(newKey, id.equals(held.id()) ? "" : id);
    if (free) {
      records.set(held.ordinal());
    }
    return standing(free, content);
  }

  /** Takes the key, and the id, of a record that the account lacks. */
  Standing absent(ObjectNode row) {
    if (distinct) {
      return Standing.FIRST;
    }
    Optional<Key> key = Key.of(resource, row);
    long content = content("new", key, row);
    return standing(claimed(key, AccountRecord.idIn(row)), content);
  }

  /** Takes a key and an id, each if there is one; takes nothing if either is taken. */
  private boolean claimed(Optional<Key> key, String id) {
    List<Long> given = new ArrayList<>(3);
    if (key.isPresent()) {
      given.add(hash("key", key.get().folded()));
      // A regular expression and a plain pattern that read the same are one record to the account.
      given.add(hash("exact", key.get().exact()));
    }
    if (!id.isEmpty()) {
      given.add(hash("id", List.of(id)));
    }
    boolean free = given.stream().noneMatch(names::contains);
    if (free) {
      given.forEach(names::add);
    }
    return free;
  }

  /** The key that the row gives a record in place of its own; empty if it leaves it. */
  private Optional<Key> newKey(ObjectNode held, ObjectNode row) {
    if (Key.restated(resource, row, held)) {
      return Optional.empty();
    }
    Optional<Key> there = Key.of(resource, held);
    return Key.of(resource, row, held).filter(key -> there.isEmpty() || !key.means(there.get()));
  }

  /** True if a row has named the record. */
  boolean has(int ordinal) {
    return records.get(ordinal);
  }

  private Standing standing(boolean free, long content) {
    if (free) {
      contents.add(content);
      return Standing.FIRST;
    }
    return contents.contains(content) ? Standing.REPEATS : Standing.CONTRADICTS;
  }

  /** Of all that the row says; two spellings of one key, or of one value, count as the same. */
  private long content(String kind, Optional<Key> key, ObjectNode row) {
    List<String> all = new ArrayList<>();
    all.add(kind);
    key.ifPresent(given -> all.addAll(given.folded()));
    for (Field field : resource.fields()) {
      JsonNode value =
          resource.key().contains(field.path())
              ? null
              : Differences.said(resource, field, row, origin);
      all.add(value == null ? "" : field.path() + " " + Values.canonical(field, value));
    }
    JsonNode expires = CommentTag.EXPIRES.in(row);
    all.add(expires == null ? "" : "expires " + expires);
    return hash.of(all);
  }

  private long hash(String kind, List<String> texts) {
    List<String> all = new ArrayList<>(texts.size() + 1);
    all.add(kind);
    all.addAll(texts);
    return hash.of(all);
  }

  @Override
  public void close() {
    names.close();
    contents.close();
  }
}
