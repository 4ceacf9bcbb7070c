package io.sluice.sandbox.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final Resource SENDERS = Catalog.get("block-senders");

  /** Whatever is added, changed and removed where: a plain sorted list holds the same. */
  @Property(tries = 8)
  void itHoldsWhatAPlainListWouldHold(@ForAll long seed) {
    Random random = new Random(seed);
    Store store = new Store(SENDERS);
    TreeSet<String> model = new TreeSet<>();
    for (int step = 0; step < 2_000; step++) {
      String id = "%05d".formatted(random.nextInt(1_500));
      boolean there = model.contains(id);
      if (!there) {
        store.add(row(id, "new"));
        model.add(id);
      } else if (random.nextInt(3) == 0) {
        assertThat(store.remove(id)).isNotNull();
        model.remove(id);
      } else {
        store.replace(row(id, "changed " + step));
      }
    }
    List<String> expected = List.copyOf(model);
    List<String> held = new ArrayList<>();
    store.forEach(raw -> held.add(RawObject.of(raw).textOr("id", "")));
    assertThat(held).isEqualTo(expected);
    assertThat(store.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      String id = expected.get(i);
      assertThat(store.get(id)).isEqualTo(store.at(i));
      assertThat(store.positionsOf(row(id, "").key())).containsExactly(i);
    }
    int from = random.nextInt(expected.size());
    int to = from + random.nextInt(expected.size() - from + 1);
    assertThat(text(store.slice(from, to)))
        .isEqualTo(
            expected.subList(from, to).stream()
                .map(id -> new String(present(store, id), UTF_8))
                .collect(Collectors.joining(",")));
  }

  @Test
  void aPageOnItsWayIsNotTouchedByLaterChanges() {
    Store store = new Store(SENDERS);
    for (int i = 0; i < 300; i++) {
      store.add(row("%05d".formatted(i), "first"));
    }
    ByteBuf page = store.slice(0, 300);
    String before = text(page.duplicate());
    store.replace(row("00000", "changed"));
    store.remove("00001");
    store.add(row("00400", "appended"));
    store.add(row("00002a", "inserted"));
    assertThat(text(page)).isEqualTo(before);
    assertThat(text(store.slice(0, 301))).contains("changed", "appended", "inserted");
  }

  @Test
  void anIdThatIsNotThereIsNotFound() {
    Store store = new Store(SENDERS);
    store.add(row("1", "x"));
    assertThat(store.get("2")).isNull();
    assertThat(store.remove("2")).isNull();
    assertThat(store.taken(row("1", "x").key(), "1")).isFalse();
    assertThat(store.taken(row("1", "x").key(), "other")).isTrue();
  }

  private static byte[] present(Store store, String id) {
    byte[] raw = store.get(id);
    return raw == null ? new byte[0] : raw;
  }

  private static String text(ByteBuf buffer) {
    return buffer.toString(UTF_8);
  }

  private static Row row(String id, String comments) {
    String json =
        "{\"id\":\"%s\",\"comments\":\"%s\",\"created_at\":\"2024-01-01T00:00:00Z\","
                .formatted(id, comments)
            + "\"pattern\":\"p%s\",\"pattern_type\":\"DOMAIN\"}".formatted(id);
    return Row.of(SENDERS, json.getBytes(UTF_8));
  }
}
