package io.sluice.plan;

import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.hash.Hash64;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of one resource of one account, found by id or natural key. They lie in a file; what
 * stays on the heap is up to 70 bytes a record. Hashes find them and the records themselves are
 * compared, so that no collision confuses two. Blocking; safe for several threads.
 */
public final class AccountIndex implements Closeable {
  final Resource resource;
  final Hash64 hash;
  final HashChains ids;
  final HashChains exactKeys;
  final HashChains foldedKeys;
  private final Spool spool;

  private AccountIndex(Builder built) {
    this.resource = built.resource;
    this.hash = built.hash;
    this.ids = built.ids;
    this.exactKeys = built.exactKeys;
    this.foldedKeys = built.foldedKeys;
    this.spool = built.spool;
  }

  /**
   * Begins an index.
   *
   * @param scratch an existing directory for the file of records, which goes with the index
   */
  public static Builder builder(Resource resource, Path scratch) throws IOException {
    return builder(resource, scratch, Hash64.random());
  }

  static Builder builder(Resource resource, Path scratch, Hash64 hash) throws IOException {
    return new Builder(resource, new Spool(scratch), hash);
  }

  /** How many records there are. */
  public int size() {
    return spool.size();
  }

  /** The record at that place of the account's listing, from 0. Read from the disk. */
  public AccountRecord record(int ordinal) throws IOException {
    byte[] bytes = spool.read(ordinal);
    return AccountRecord.of(ordinal, RecordJson.parse(bytes, 0, bytes.length, ordinal + 1L));
  }

  /** The record that the row means. */
  public Match match(ObjectNode row, Origin origin) throws IOException {
    return new RowSearch(this, row, origin).match();
  }

  /** The record of that id. */
  public Optional<AccountRecord> withId(String id) throws IOException {
    ObjectNode named = JsonNodeFactory.instance.objectNode().put("id", id);
    return match(named, Origin.THIS_ACCOUNT) instanceof Match.Found found
        ? Optional.of(found.record())
        : Optional.empty();
  }

  /** True if there is a record of that id. */
  public boolean holds(String id) throws IOException {
    ObjectNode named = JsonNodeFactory.instance.objectNode().put("id", id);
    return !id.isEmpty() && !(match(named, Origin.THIS_ACCOUNT) instanceof Match.Absent);
  }

  /** Removes the file of records. */
  @Override
  public void close() throws IOException {
    spool.close();
  }

  /** Takes the records in the order of the listing. Not safe for use by several threads. */
  public static final class Builder implements Closeable {
    private final Resource resource;
    private final Spool spool;
    private final Hash64 hash;
    private final HashChains ids = new HashChains();
    private final HashChains exactKeys = new HashChains();
    private final HashChains foldedKeys = new HashChains();
    private boolean built;

    private Builder(Resource resource, Spool spool, Hash64 hash) {
      this.resource = resource;
      this.spool = spool;
      this.hash = hash;
    }

    /**
     * Adds the records in {@code bytes[from, to)}: whole JSON objects, each ended by a newline. The
     * array can be reused.
     */
    public void add(byte[] bytes, int from, int to) throws IOException {
      spool.append(bytes, from, to);
      RecordJson.lines(
          bytes,
          from,
          to,
          (start, end) -> {
            note(RecordJson.parse(bytes, start, end, spool.size() + 1L));
            spool.note(end - start);
          });
    }

    private void note(ObjectNode record) {
      String id = AccountRecord.idIn(record);
      ids.add(id.isEmpty() ? HashChains.NONE : hash.of(id));
      Key key = Key.of(resource, record).orElse(null);
      exactKeys.add(key == null ? HashChains.NONE : hash.of(key.exact()));
      foldedKeys.add(key == null ? HashChains.NONE : hash.of(key.folded()));
    }

    /** The index of what was added. The builder is at its end. */
    public AccountIndex build() throws IOException {
      if (built) {
        throw new IllegalStateException("the index is built already");
      }
      spool.trim();
      ids.link();
      exactKeys.link();
      foldedKeys.link();
      built = true;
      return new AccountIndex(this);
    }

    /** Gives up what was added, unless the index was built. */
    @Override
    public void close() throws IOException {
      if (!built) {
        spool.close();
      }
    }
  }
}
