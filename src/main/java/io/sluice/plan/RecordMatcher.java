package io.sluice.plan;

import io.sluice.catalog.Resource;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pairs the rows of one listing with the records of another, one to one, by what they are called.
 * To be asked for every row with the narrowest likeness first, and then for those that are still
 * without a partner with the next: so no row takes a record that another one fits better. Among
 * records that are called alike the order of the listings decides. Ids do not matter, save to rows
 * that have no key. Blocking; not safe for use by several threads.
 */
public final class RecordMatcher {
  private final AccountIndex index;
  private final Resource resource;
  private final BitSet taken = new BitSet();

  /** How alike two keys must be; the narrowest first. */
  public enum Likeness {
    /** The same in every character, and both a regular expression or both none. */
    SPELLING,
    /** The same in every character. */
    CHARACTERS,
    /** Two spellings of the same. */
    MEANING
  }

  /** The result of the search for a row. */
  public sealed interface Answer {}

  /** This record, which nobody else gets from now on. */
  public record Found(AccountRecord record) implements Answer {}

  /** Nothing yet; to be asked again with the next likeness. */
  public record Later() implements Answer {}

  /** There is none, and none will be found. */
  public record None() implements Answer {}

  /** Nobody has a partner yet. */
  public RecordMatcher(AccountIndex index) {
    this.index = index;
    this.resource = index.resource;
  }

  /**
   * Looks for the row's partner.
   *
   * @throws IOException if the records cannot be read
   */
  public Answer find(ObjectNode row, Likeness likeness) throws IOException {
    Key key = Key.of(resource, row).orElse(null);
    if (key == null) {
      return nameless(AccountRecord.idIn(row));
    }
    AccountRecord partner =
        switch (likeness) {
          case SPELLING -> first(index.exactKeys, key.exact(), key::equals);
          case CHARACTERS -> alike(key);
          case MEANING -> meant(key);
        };
    if (partner != null) {
      return taken(partner);
    }
    boolean hope =
        likeness.compareTo(Likeness.MEANING) < 0 && (alike(key) != null || meant(key) != null);
    return hope ? new Later() : new None();
  }

  /** The records without a partner, by their place in the listing. */
  public IntStream alone() {
    return IntStream.range(0, index.size()).filter(ordinal -> !taken.get(ordinal));
  }

  private Answer nameless(String id) throws IOException {
    long hash = index.hash.of(id);
    for (int at = id.isEmpty() ? -1 : index.ids.first(hash); at >= 0; at = index.ids.next(at)) {
      AccountRecord record = taken.get(at) ? null : index.record(at);
      if (record != null && record.id().equals(id) && Key.of(resource, record.fields()).isEmpty()) {
        return taken(record);
      }
    }
    return new None();
  }

  private @Nullable AccountRecord alike(Key key) throws IOException {
    return first(index.exactKeys, key.exact(), other -> other.exact().equals(key.exact()));
  }

  private @Nullable AccountRecord meant(Key key) throws IOException {
    return first(index.foldedKeys, key.folded(), other -> other.folded().equals(key.folded()));
  }

  private @Nullable AccountRecord first(HashChains chains, List<String> texts, Predicate<Key> fits)
      throws IOException {
    long hash = index.hash.of(texts);
    for (int at = chains.first(hash); at >= 0; at = chains.next(at)) {
      AccountRecord record = taken.get(at) ? null : index.record(at);
      if (record != null && Key.of(resource, record.fields()).filter(fits).isPresent()) {
        return record;
      }
    }
    return null;
  }

  private Answer taken(AccountRecord record) {
    taken.set(record.ordinal());
    return new Found(record);
  }
}
