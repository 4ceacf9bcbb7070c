package io.sluice.plan;

import io.sluice.catalog.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Looks for the record that one row means. */
final class RowSearch {
  private static final int NAMED = 10;

  /** The API's ids were numbers once, which different accounts share. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final AccountIndex index;
  private final Resource resource;
  private final ObjectNode row;
  private final Origin origin;

  RowSearch(AccountIndex index, ObjectNode row, Origin origin) {
    this.index = index;
    this.resource = index.resource;
    this.row = row;
    this.origin = origin;
  }

  Match match() throws IOException {
    String id = AccountRecord.idIn(row);
    List<AccountRecord> named = id.isEmpty() ? List.of() : withId(id);
    if (named.size() > 1) {
      return unclear("several_match", " have the id " + id, named);
    }
    return named.isEmpty() ? byKey() : byId(named.get(0));
  }

  private Match byId(AccountRecord held) throws IOException {
    if (Key.restated(resource, row, held.fields())) {
      return new Match.Found(held, true);
    }
    Key wanted = Key.of(resource, row, held.fields()).orElse(null);
    Optional<Key> there = Key.of(resource, held.fields());
    if (wanted == null || (there.isPresent() && wanted.exact().equals(there.get().exact()))) {
      return new Match.Found(held, true);
    }
    boolean sameKey = there.isPresent() && wanted.means(there.get());
    List<AccountRecord> others = withExactKey(wanted, held);
    if (others.isEmpty() && !sameKey) {
      others = withFoldedKey(wanted, held);
    }
    if (!others.isEmpty()) {
      List<AccountRecord> all = new ArrayList<>(List.of(held));
      all.addAll(others);
      return unclear("id_and_key_differ", ": the first has the row's id, the rest its key", all);
    }
    boolean foreign =
        switch (origin) {
          case THIS_ACCOUNT -> false;
          case OTHER_ACCOUNT -> true;
          case UNKNOWN -> NUMBER.matcher(held.id()).matches();
        };
    if (foreign && !sameKey) {
      return new Match.Unclear(
          "id_of_another",
          "record "
              + held.id()
              + " has another key in this account"
              + there.map(key -> ", " + key).orElse(""),
          List.of(held));
    }
    return new Match.Found(held, true);
  }

  private Match byKey() throws IOException {
    Key wanted = Key.of(resource, row).orElse(null);
    if (wanted == null) {
      return new Match.Absent();
    }
    List<AccountRecord> found = withExactKey(wanted, null);
    if (found.isEmpty()) {
      found = withFoldedKey(wanted, null);
    }
    return switch (found.size()) {
      case 0 -> new Match.Absent();
      case 1 -> new Match.Found(found.get(0), false);
      default -> unclear("several_match", " have the row's key", found);
    };
  }

  private List<AccountRecord> withId(String id) throws IOException {
    return verified(index.ids, index.hash.of(id), null, held -> held.id().equals(id));
  }

  private List<AccountRecord> withExactKey(Key wanted, @Nullable AccountRecord but)
      throws IOException {
    return verified(
        index.exactKeys,
        index.hash.of(wanted.exact()),
        but,
        held ->
            Key.of(resource, held.fields())
                .filter(key -> key.exact().equals(wanted.exact()))
                .isPresent());
  }

  private List<AccountRecord> withFoldedKey(Key wanted, @Nullable AccountRecord but)
      throws IOException {
    return verified(
        index.foldedKeys,
        index.hash.of(wanted.folded()),
        but,
        held ->
            Key.of(resource, held.fields())
                .filter(key -> key.folded().equals(wanted.folded()))
                .isPresent());
  }

  /** The records of that hash, save one, that are what their hash promises. */
  private List<AccountRecord> verified(
      HashChains chains, long hash, @Nullable AccountRecord but, Predicate<AccountRecord> same)
      throws IOException {
    List<AccountRecord> records = new ArrayList<>();
    for (int at = chains.first(hash); at >= 0; at = chains.next(at)) {
      if (but == null || but.ordinal() != at) {
        AccountRecord held = index.record(at);
        if (same.test(held)) {
          records.add(held);
        }
      }
    }
    return records;
  }

  private static Match unclear(String code, String what, List<AccountRecord> records) {
    String ids =
        records.stream()
            .limit(NAMED)
            .map(held -> held.identified() ? held.id() : "(without id)")
            .collect(Collectors.joining(", "));
    String more = records.size() > NAMED ? " and " + (records.size() - NAMED) + " more" : "";
    return new Match.Unclear(code, "records " + ids + more + what, List.copyOf(records));
  }
}
