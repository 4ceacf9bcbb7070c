package io.sluice.pipeline.compare;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.SnapshotRecords;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A snapshot, or one file of it. */
record SnapshotSide(String name, Snapshot snapshot) implements Side {
  @Override
  public String account() {
    return snapshot.manifest().accountId();
  }

  @Override
  public boolean has(Resource resource) {
    return entry(resource).isPresent();
  }

  @Override
  public List<String> unknownKinds() {
    return snapshot.manifest().resources().stream()
        .map(ResourceEntry::resource)
        .filter(name -> Catalog.find(name).isEmpty())
        .toList();
  }

  @Override
  public String why(Resource resource) {
    return snapshot
        .manifest()
        .unavailable(resource.slug())
        .map(
            why ->
                "; "
                    + name
                    + " does not know it, as its account did not offer it ("
                    + why.reason()
                    + ")")
        .orElse("");
  }

  @Override
  public Mono<Void> prepare(List<Resource> resources) {
    List<String> wanted = resources.stream().map(Resource::slug).toList();
    return Blocking.run(
        () ->
            Verifier.requireSound(snapshot.narrowedTo(entry -> wanted.contains(entry.resource()))));
  }

  @Override
  public Mono<Records> records(Resource resource, Path scratch, Consumer<RunEvent> events) {
    return Mono.justOrEmpty(entry(resource)).map(entry -> new Stored(snapshot, entry, resource));
  }

  private Optional<ResourceEntry> entry(Resource resource) {
    return snapshot.manifest().resources().stream()
        .filter(entry -> entry.resource().equals(resource.slug()))
        .findFirst();
  }

  /** The records of one of its files. */
  private record Stored(Snapshot snapshot, ResourceEntry entry, Resource resource)
      implements Records {
    @Override
    public OptionalLong count() {
      return OptionalLong.of(entry.rows());
    }

    @Override
    public List<String> doubts() {
      List<String> doubts = new ArrayList<>();
      if (!entry.consistent()) {
        doubts.add("the list kept changing while the snapshot was made");
      }
      if (!entry.filters().isEmpty()) {
        doubts.add("the snapshot was narrowed down to " + entry.where());
      }
      return doubts;
    }

    @Override
    public RecordLines open() throws IOException {
      return SnapshotRecords.open(snapshot, entry, resource);
    }

    @Override
    public void close() {}
  }
}
