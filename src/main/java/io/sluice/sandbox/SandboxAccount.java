package io.sluice.sandbox;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.sandbox.api.Edits;
import io.sluice.sandbox.api.Listing;
import io.sluice.sandbox.data.AwkwardRecords;
import io.sluice.sandbox.data.IdGenerator;
import io.sluice.sandbox.data.Json;
import io.sluice.sandbox.data.Row;
import io.sluice.sandbox.data.Seed;
import io.sluice.sandbox.data.Store;
import io.sluice.sandbox.fault.Rejections;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One account of a {@link Sandbox}: its records, and ways to prepare and inspect them without a
 * call. Safe for use while calls arrive. Resources go by the names of the catalogue, dashes or
 * underscores.
 */
public final class SandboxAccount {
  private record Shelf(Store store, Listing listing, Edits edits) {}

  private final String id;
  private final IdGenerator ids;
  private final Map<String, Shelf> shelves = new TreeMap<>();
  private volatile boolean entitled = true;
  private volatile boolean batch = true;
  private final Map<String, Integer> lacking = new ConcurrentHashMap<>();

  SandboxAccount(String id, IdGenerator ids, Rejections rejections) {
    this.id = id;
    this.ids = ids;
    for (Resource resource : Catalog.resources()) {
      Store store = new Store(resource);
      Edits edits = new Edits(store, ids, rejections);
      shelves.put(resource.name(), new Shelf(store, new Listing(store), edits));
    }
  }

  /** The account's id. */
  public String id() {
    return id;
  }

  /**
   * Adds that many plausible records, made from the sandbox's seed; all created in the past, one
   * second apart. Cheap: about a microsecond and 340 bytes of heap each.
   */
  public synchronized void seed(String resource, int count) {
    Store store = shelf(resource).store();
    store.reserve(count);
    new Seed(store.resource(), ids, store.size()).rows(count, store::add);
  }

  /** Adds the awkward content to every resource. */
  public void seedAwkward() {
    shelves.keySet().forEach(this::seedAwkward);
  }

  /** Adds the awkward content: some dozens of legal records that clients tend to trip over. */
  public synchronized void seedAwkward(String resource) {
    Store store = shelf(resource).store();
    AwkwardRecords.of(store.resource(), ids).forEach(store::add);
  }

  /**
   * Adds records as they are given, ids and unknown fields kept, and lists them by their {@code
   * created_at}.
   *
   * @param records one raw JSON object each
   * @throws IllegalArgumentException if one is no JSON object
   */
  public synchronized void load(String resource, Iterable<byte[]> records) {
    Store store = shelf(resource).store();
    for (byte[] record : records) {
      store.add(Row.of(store.resource(), record.clone()));
    }
  }

  /** As {@link #load(String, Iterable)}; reads the stream to its end and does not close it. */
  public void load(String resource, Stream<byte[]> records) {
    Iterator<byte[]> each = records.iterator();
    load(resource, () -> each);
  }

  /** Every record, in the order of creation. */
  public List<ObjectNode> records(String resource) {
    return raw(resource).stream().map(Json::object).toList();
  }

  /** The exact bytes of every record as they are served, in the order of creation. */
  public synchronized List<byte[]> raw(String resource) {
    Store store = shelf(resource).store();
    List<byte[]> all = new ArrayList<>(store.size());
    store.forEach(all::add);
    return all;
  }

  /** How many records there are. */
  public synchronized long count(String resource) {
    return shelf(resource).store().size();
  }

  /**
   * Adds a record behind the API's back, unchecked; an {@code id} and a {@code created_at} are made
   * where it has none.
   */
  public synchronized void add(String resource, ObjectNode record) {
    Store store = shelf(resource).store();
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.put("id", store.freshId(ids)).setAll(record);
    if (!whole.has("created_at")) {
      whole.put("created_at", IdGenerator.text(ids.now()));
    }
    store.add(Row.of(store.resource(), Json.bytes(whole)));
  }

  /** Removes a record behind the API's back; false if there is none of that id. */
  public synchronized boolean remove(String resource, String recordId) {
    return shelf(resource).store().remove(recordId) != null;
  }

  /**
   * How many creates of each natural key were carried out by calls, batches included; the key's
   * values in the catalogue's order, joined by {@code |}, as in {@code EMAIL|a@example.com}. All
   * ones: nothing was made twice.
   */
  public synchronized Map<String, Integer> creations(String resource) {
    return Map.copyOf(shelf(resource).edits().creations());
  }

  /** True if the account has Email Security at all; without, every call is answered 403. */
  public void entitled(boolean yes) {
    entitled = yes;
  }

  /** True if the account has the batch endpoint (it has); without, it is answered 404. */
  public void batch(boolean offered) {
    batch = offered;
  }

  /** From now on the account's package lacks such records: every call for them is answered 403. */
  public void lacks(String resource) {
    lacks(resource, 403);
  }

  /**
   * As {@link #lacks(String)}.
   *
   * @param status what calls are answered, 403 or 404; 0 if the package has such records again
   */
  public void lacks(String resource, int status) {
    lacking.put(Catalog.get(resource).name(), status);
  }

  /** Why calls for such records are refused, if they are. */
  @Nullable
  public Problem lacking(Resource resource, Request request) {
    int status = lacking.getOrDefault(resource.name(), 0);
    return switch (status) {
      case 0 -> null;
      case 404 -> Problem.noRoute(request.uri());
      default ->
          Problem.of(status, 1011, resource.name() + " is not part of this account's package");
    };
  }

  public boolean isEntitled() {
    return entitled;
  }

  public boolean offersBatch() {
    return batch;
  }

  public Store store(String resource) {
    return shelf(resource).store();
  }

  public Listing listing(String resource) {
    return shelf(resource).listing();
  }

  public Edits edits(String resource) {
    return shelf(resource).edits();
  }

  private Shelf shelf(String resource) {
    String name = Catalog.get(resource).name();
    Shelf shelf = shelves.get(name);
    if (shelf == null) {
      throw new IllegalArgumentException("no resource '" + resource + "'");
    }
    return shelf;
  }
}
