package io.sluice.sandbox.data;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.catalog.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of one resource in one account, as raw bytes in the order of their creation (ties by
 * id). A page of the default listing costs no copy; an edit or a deletion touches one {@link
 * Block}. Not safe for concurrent use: its account's lock guards it.
 */
public final class Store {
  private final Resource resource;
  private final List<Block> blocks = new ArrayList<>();
  private final HashIndex ids = new HashIndex();
  private final HashIndex keys = new HashIndex();
  private int[] starts = new int[16];
  private boolean startsKnown = true;
  private int size;
  private long version;
  private long lastCreated = Long.MIN_VALUE;
  private String lastId = "";

  public Store(Resource resource) {
    this.resource = resource;
  }

  public Resource resource() {
    return resource;
  }

  public int size() {
    return size;
  }

  /** Changes with every change of the records. */
  public long version() {
    return version;
  }

  /** Makes room for that many more records. */
  public void reserve(int more) {
    ids.reserve(more);
    keys.reserve(more);
  }

  public byte @Nullable [] get(String id) {
    long hash = HashIndex.hash(id);
    Block block = ids.find(hash);
    return block == null ? null : block.record(block.indexOfId(hash));
  }

  /** True if a record other than {@code exceptId} has this natural key. */
  public boolean taken(long key, String exceptId) {
    long except = HashIndex.hash(exceptId);
    for (Block block : keys.all(key)) {
      for (int i = 0; i < block.count(); i++) {
        if (block.key(i) == key && block.id(i) != except) {
          return true;
        }
      }
    }
    return false;
  }

  /** The positions of the records with this natural key. */
  public List<Integer> positionsOf(long key) {
    List<Integer> found = new ArrayList<>();
    for (Block block : keys.all(key)) {
      int start = starts()[blocks.indexOf(block)];
      for (int i = 0; i < block.count(); i++) {
        if (block.key(i) == key) {
          found.add(start + i);
        }
      }
    }
    return found;
  }

  /** An id that no record has: one that was loaded may bear any of those that are made here. */
  public String freshId(IdGenerator ids) {
    String id = ids.id();
    while (get(id) != null) {
      id = ids.id();
    }
    return id;
  }

  /** Adds a record where its time of creation puts it. */
  public void add(Row row) {
    Block block;
    if (row.after(lastCreated, lastId)) {
      block = tail();
      block.insert(block.count(), row);
      lastCreated = row.created();
      lastId = row.idText();
      if (block.count() == Block.SIZE) {
        block.trim();
      }
    } else {
      block = insert(row);
    }
    ids.put(row.id(), block);
    keys.put(row.key(), block);
    size++;
    version++;
  }

  /** Puts a changed record in the place of the one with its id. */
  public void replace(Row row) {
    Block block = ids.find(row.id());
    if (block != null) {
      int index = block.indexOfId(row.id());
      keys.remove(block.key(index), block);
      keys.put(row.key(), block);
      block.replace(index, row);
      version++;
    }
  }

  /** Takes a record away and returns it, or null where there is none of that id. */
  @Nullable
  public Row remove(String id) {
    long hash = HashIndex.hash(id);
    Block block = ids.find(hash);
    if (block == null) {
      return null;
    }
    int index = block.indexOfId(hash);
    Row removed = Row.of(resource, block.record(index));
    ids.remove(hash, block);
    keys.remove(block.key(index), block);
    block.remove(index);
    if (block.count() == 0) {
      blocks.remove(block);
    }
    startsKnown = false;
    size--;
    version++;
    return removed;
  }

  /** The record at a position, from 0, in the order of creation. */
  public byte[] at(int position) {
    int block = blockOf(position);
    return blocks.get(block).record(position - starts()[block]);
  }

  /** Records {@code from} (inclusive) to {@code to} (exclusive), comma-separated, not copied. */
  public ByteBuf slice(int from, int to) {
    if (from >= to) {
      return Unpooled.EMPTY_BUFFER;
    }
    List<ByteBuf> parts = new ArrayList<>();
    int number = blockOf(from);
    int position = from;
    while (position < to) {
      Block block = blocks.get(number);
      int first = position - starts()[number];
      int last = Math.min(block.count(), first + to - position) - 1;
      position += last - first + 1;
      int start = block.start(first);
      int end = position < to ? block.end(last) + 1 : block.end(last);
      parts.add(Unpooled.wrappedBuffer(block.bytes(), start, end - start));
      number++;
    }
    return Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new));
  }

  public void forEach(Consumer<byte[]> consumer) {
    for (Block block : blocks) {
      for (int i = 0; i < block.count(); i++) {
        consumer.accept(block.record(i));
      }
    }
  }

  private Block tail() {
    Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    if (last == null || last.count() >= Block.SIZE) {
      last = new Block();
      blocks.add(last);
      if (startsKnown) {
        starts = starts.length < blocks.size() ? Arrays.copyOf(starts, starts.length * 2) : starts;
        starts[blocks.size() - 1] = size;
      }
    }
    return last;
  }

  private Block insert(Row row) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      Row there = Row.of(resource, at(middle));
      if (row.after(there.created(), there.idText())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (size == 0 || low == size) {
      Block tail = tail();
      tail.insert(tail.count(), row);
      return tail;
    }
    int number = blockOf(low);
    Block block = blocks.get(number);
    int index = low - starts()[number];
    startsKnown = false;
    if (block.count() >= 2 * Block.SIZE) {
      Block upper = block.split();
      blocks.add(number + 1, upper);
      for (int i = 0; i < upper.count(); i++) {
        ids.remove(upper.id(i), block);
        ids.put(upper.id(i), upper);
        keys.remove(upper.key(i), block);
        keys.put(upper.key(i), upper);
      }
      if (index > block.count()) {
        index -= block.count();
        block = upper;
      }
    }
    block.insert(index, row);
    return block;
  }

  private int blockOf(int position) {
    int found = Arrays.binarySearch(starts(), 0, blocks.size(), position);
    return found >= 0 ? found : -found - 2;
  }

  private int[] starts() {
    if (!startsKnown) {
      starts = new int[Math.max(16, blocks.size())];
      int start = 0;
      for (int i = 0; i < blocks.size(); i++) {
        starts[i] = start;
        start += blocks.get(i).count();
      }
      startsKnown = true;
    }
    return starts;
  }
}
