package io.sluice.sandbox.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.sandbox.Answer;
import io.sluice.sandbox.data.Filtering;
import io.sluice.sandbox.data.Json;
import io.sluice.sandbox.data.RawObject;
import io.sluice.sandbox.data.Row;
import io.sluice.sandbox.data.Store;
import io.sluice.sandbox.fault.PageShape;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts pages out of a {@link Store}. The plain listing is a slice of its bytes; for any other the
 * matching positions are kept until the store changes, for a few selections at a time.
 */
public final class Listing {
  private static final int KEPT = 4;

  private final Store store;
  private final Map<ListQuery, int[]> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ListQuery, int[]> eldest) {
          return size() > KEPT;
        }
      };
  private long version;

  public Listing(Store store) {
    this.store = store;
  }

  /**
   * The page asked for, with {@code result_info}. The total is that of the whole resource, filters
   * or not, as Cloudflare's public OpenAPI text has it.
   */
  public Answer page(ListQuery asked, PageShape shape) {
    ListQuery query = asked.perPageAtMost(shape.perPageCap());
    int[] selected = query.isPlain() ? null : select(query);
    int size = selected == null ? store.size() : selected.length;
    long from = Math.min((query.page() - 1L) * query.perPage(), size);
    int to = (int) Math.min(from + query.perPage(), size);
    if (from == to && shape.nullIfEmpty()) {
      return Answer.nullPage(shape.info(query.page(), query.perPage(), 0, store.size()));
    }
    ByteBuf records =
        selected == null && shape.record() == null
            ? store.slice((int) from, to)
            : gather(selected, (int) from, to, shape);
    return Answer.page(
        records, shape.info(query.page(), query.perPage(), to - (int) from, store.size()));
  }

  private ByteBuf gather(int @Nullable [] selected, int from, int to, PageShape shape) {
    ByteArrayOutputStream out = new ByteArrayOutputStream((to - from) * 300 + 16);
    for (int i = from; i < to; i++) {
      byte[] record = store.at(selected == null ? i : selected[i]);
      out.writeBytes(shape.record() == null ? record : shape.record().apply(record));
      if (i < to - 1) {
        out.write(',');
      }
    }
    return Unpooled.wrappedBuffer(out.toByteArray());
  }

  private int[] select(ListQuery query) {
    if (version != store.version()) {
      kept.clear();
      version = store.version();
    }
    int[] known = kept.get(query.selection());
    if (known == null) {
      known = find(query);
      kept.put(query.selection(), known);
    }
    return known;
  }

  private int[] find(ListQuery query) {
    Filtering filtering = new Filtering(store.resource(), query.filters());
    IntStream candidates = IntStream.range(0, store.size());
    List<List<String>> keys = filtering.keys();
    if (keys != null) {
      candidates =
          keys.stream()
              .flatMap(key -> store.positionsOf(Row.keyHash(key)).stream())
              .distinct()
              .mapToInt(Integer::intValue)
              .sorted();
    }
    if (!query.filters().isEmpty()) {
      candidates = candidates.filter(at -> filtering.passes(Json.object(store.at(at))));
    }
    int[] found = candidates.toArray();
    if (!query.order().equals("created_at")) {
      found = sorted(found, query.order());
    }
    return query.descending() ? reversed(found) : found;
  }

  private int[] sorted(int[] positions, String field) {
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(positions.length);
    for (int position : positions) {
      RawObject record = RawObject.of(store.at(position));
      String tie = '\0' + record.textOr("id", "");
      entries.add(Map.entry(record.textOr(field, "") + tie, position));
    }
    entries.sort(Map.Entry.comparingByKey(Comparator.naturalOrder()));
    return entries.stream().mapToInt(Map.Entry::getValue).toArray();
  }

  private static int[] reversed(int[] positions) {
    List<Integer> list = new ArrayList<>(IntStream.of(positions).boxed().toList());
    Collections.reverse(list);
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
