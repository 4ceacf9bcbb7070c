package io.sluice.plan;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Fault;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.OptionNames;
import io.sluice.hash.Hash64;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An account's records of one resource, and rows planned against them. */
final class PlanRig implements AutoCloseable {
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  final Resource resource;
  final Path scratch;
  private final List<AutoCloseable> open = new ArrayList<>();

  PlanRig(String resource) {
    this.resource = Catalog.get(resource);
    try {
      this.scratch = Files.createTempDirectory("plan");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** JSON with single quotes for double ones. */
  static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  AccountIndex holding(String... records) throws IOException {
    return holding(Stream.of(records).map(PlanRig::json).toList());
  }

  AccountIndex holding(List<ObjectNode> records) throws IOException {
    try (AccountIndex.Builder builder = AccountIndex.builder(resource, scratch)) {
      return filled(builder, records);
    }
  }

  /** An index in which every two hashes are equal. */
  AccountIndex colliding(List<ObjectNode> records) throws IOException {
    try (AccountIndex.Builder builder =
        AccountIndex.builder(resource, scratch, Hash64.colliding(0))) {
      return filled(builder, records);
    }
  }

  private AccountIndex filled(AccountIndex.Builder builder, List<ObjectNode> records)
      throws IOException {
    for (ObjectNode record : records) {
      byte[] line = (record + "\n").getBytes(StandardCharsets.UTF_8);
      builder.add(line, 0, line.length);
    }
    AccountIndex index = builder.build();
    open.add(index);
    return index;
  }

  /** A request by the command line that leaves owners and ends as they are. */
  static PlanRequest request(
      Resource resource,
      Mode mode,
      Origin origin,
      Validation.Level level,
      boolean allowUnprotect,
      boolean distinct) {
    return new PlanRequest(
        resource,
        mode,
        origin,
        level,
        allowUnprotect,
        distinct,
        Ownership.NONE,
        LocalDate.EPOCH,
        null,
        OptionNames.COMMAND_LINE);
  }

  Planner planner(Mode mode, Origin origin, AccountIndex index) {
    return planner(request(resource, mode, origin, Validation.Level.STRICT, false, false), index);
  }

  Planner planner(PlanRequest request, AccountIndex index) {
    Planner planner = new Planner(request, index, scratch);
    open.add(planner);
    return planner;
  }

  /** Plans one row, sound or not, with a planner of its own. */
  Step plan(Mode mode, Origin origin, AccountIndex index, ObjectNode row) throws IOException {
    return planner(mode, origin, index).plan(row, faults(row));
  }

  Step plan(Mode mode, AccountIndex index, String row) throws IOException {
    return plan(mode, Origin.UNKNOWN, index, json(row));
  }

  /** What is wrong with a row as a change. */
  List<Fault> faults(ObjectNode row) {
    return row.hasNonNull("id")
        ? Validation.faults(resource, row, Validation.Purpose.EDIT, Validation.Level.STRICT)
        : List.of();
  }

  @Override
  public void close() {
    try {
      for (AutoCloseable each : open) {
        each.close();
      }
      Files.delete(scratch);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
