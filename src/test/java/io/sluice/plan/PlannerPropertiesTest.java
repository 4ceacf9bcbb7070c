package io.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Defaults;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Validation;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every account and every file. */
final class PlannerPropertiesTest {

  @Property(tries = 400)
  void anAccountsOwnListingChangesNothing(
      @ForAll("resources") String resource,
      @ForAll("modes") Mode mode,
      @ForAll("home") Origin origin,
      @ForAll long seed)
      throws IOException {
    try (PlanRig rig = new PlanRig(resource)) {
      List<ObjectNode> listing = new RandomRecords(rig.resource, seed).listing();
      assertChangesNothing(rig, listing, mode, origin);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow_policies",
        "block_senders",
        "domains",
        "impersonation_registry",
        "trusted_domains"
      })
  void anAwkwardListingChangesNothing(String resource) throws IOException {
    List<ObjectNode> listing = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      for (byte[] record : sandbox.account().raw(resource)) {
        listing.add((ObjectNode) PlanRig.JSON.readTree(new String(record, StandardCharsets.UTF_8)));
      }
    }
    assertThat(listing).isNotEmpty();
    for (Origin origin : List.of(Origin.THIS_ACCOUNT, Origin.UNKNOWN)) {
      try (PlanRig rig = new PlanRig(resource)) {
        assertChangesNothing(rig, listing, Mode.MIRROR, origin);
      }
    }
  }

  @Property(tries = 1000)
  void whatWasDoneNeedNotBeDoneAgain(
      @ForAll("resources") String resource,
      @ForAll("modes") Mode mode,
      @ForAll Origin origin,
      @ForAll long seed)
      throws IOException {
    RandomRecords random = new RandomRecords(Catalog.get(resource), seed);
    List<ObjectNode> listing = random.listing();
    for (ObjectNode row : random.rows()) {
      try (PlanRig rig = new PlanRig(resource)) {
        Step step = plan(rig, mode, origin, listing, row);
        Statistics.collect(step.getClass().getSimpleName());
        List<ObjectNode> then = new ArrayList<>(listing);
        if (step instanceof Step.Edit edit) {
          ObjectNode changed = edit.held().fields().deepCopy();
          changed.setAll(edit.body());
          then.set(edit.held().ordinal(), changed);
        } else if (step instanceof Step.Create create && Key.of(rig.resource, row).isPresent()) {
          then.add(create.body().deepCopy().put("id", "new"));
        } else {
          continue;
        }
        assertThat(plan(rig, mode, origin, then, row))
            .isInstanceOfSatisfying(
                Step.Nothing.class,
                nothing -> assertThat(nothing.why()).isEqualTo(Step.Nothing.Why.UNCHANGED));
      }
    }
    Statistics.coverage(
        seen -> {
          seen.check("Edit").count(count -> count > 50);
          seen.check("Create").count(count -> count > 50);
        });
  }

  @Property(tries = 1000)
  void anyRowEndsSomehowAndAlwaysTheSame(
      @ForAll("resources") String resource,
      @ForAll Mode mode,
      @ForAll Origin origin,
      @ForAll Validation.Level level,
      @ForAll long seed)
      throws IOException {
    try (PlanRig rig = new PlanRig(resource)) {
      RandomRecords random = new RandomRecords(rig.resource, seed);
      List<ObjectNode> listing = random.listing();
      listing.add(random.anything());
      List<ObjectNode> rows = random.rows();
      rows.add(random.anything());
      rows.add(random.anything());
      PlanRequest request =
          PlanRig.request(rig.resource, mode, origin, level, seed % 2 == 0, false);

      List<Step> steps = steps(rig, rig.planner(request, rig.holding(listing)), rows);

      assertThat(steps).isEqualTo(steps(rig, rig.planner(request, rig.colliding(listing)), rows));
    }
  }

  @Property(tries = 1000)
  void rowsThatAreDistinctNeedNotBeCompared(
      @ForAll("resources") String resource,
      @ForAll Mode mode,
      @ForAll Origin origin,
      @ForAll long seed)
      throws IOException {
    try (PlanRig rig = new PlanRig(resource)) {
      RandomRecords random = new RandomRecords(rig.resource, seed);
      AccountIndex index = rig.holding(random.listing());
      List<ObjectNode> rows = distinct(rig, random.rows());
      Validation.Level level = Validation.Level.STRICT;
      PlanRequest compared = PlanRig.request(rig.resource, mode, origin, level, false, false);
      PlanRequest distinct = PlanRig.request(rig.resource, mode, origin, level, false, true);

      assertThat(steps(rig, rig.planner(distinct, index), rows))
          .isEqualTo(steps(rig, rig.planner(compared, index), rows));
      Statistics.collect(rows.size() > 1);
      Statistics.coverage(seen -> seen.check(true).count(count -> count > 100));
    }
  }

  /** Those without an id and without a regular expression, the first of each key. */
  private static List<ObjectNode> distinct(PlanRig rig, List<ObjectNode> rows) {
    Set<List<String>> keys = new HashSet<>();
    return rows.stream()
        .filter(row -> !row.hasNonNull("id") && !NaturalKey.isRegex(rig.resource, row))
        .peek(row -> Defaults.inferType(rig.resource, row))
        .filter(
            row ->
                NaturalKey.of(rig.resource, row).filter(key -> keys.add(key.folded())).isPresent())
        .toList();
  }

  @Test
  void aRowIsLeftAsItIs() throws IOException {
    try (PlanRig rig = new PlanRig("allow_policies")) {
      ObjectNode row = PlanRig.json("{'id':'1','pattern':'a.example','is_sender':true}");
      ObjectNode before = row.deepCopy();

      rig.plan(Mode.UPSERT, Origin.UNKNOWN, rig.holding(), row);

      assertThat(row).isEqualTo(before);
    }
  }

  private static List<Step> steps(PlanRig rig, Planner planner, List<ObjectNode> rows)
      throws IOException {
    List<Step> steps = new ArrayList<>();
    for (ObjectNode row : rows) {
      steps.add(planner.plan(row, rig.faults(row)));
    }
    for (int ordinal : planner.unnamed().toArray()) {
      steps.add(planner.unnamed(ordinal));
    }
    return steps;
  }

  /** As a file's row is: invalid ones without an id never get so far. */
  private static Step plan(
      PlanRig rig, Mode mode, Origin origin, List<ObjectNode> listing, ObjectNode row)
      throws IOException {
    ObjectNode completed = row.deepCopy();
    if (!row.hasNonNull("id")) {
      Defaults.complete(rig.resource, completed);
      if (!Validation.faults(
              rig.resource, completed, Validation.Purpose.CREATE, Validation.Level.STRICT)
          .isEmpty()) {
        return Step.Nothing.invalid(null, List.of());
      }
    } else {
      Defaults.inferType(rig.resource, completed);
    }
    return rig.plan(mode, origin, rig.holding(listing), completed);
  }

  private static void assertChangesNothing(
      PlanRig rig, List<ObjectNode> listing, Mode mode, Origin origin) throws IOException {
    Planner planner = rig.planner(mode, origin, rig.holding(listing));
    for (ObjectNode record : listing) {
      ObjectNode row = record.deepCopy();
      Defaults.inferType(rig.resource, row);
      Step step = planner.plan(row, rig.faults(row));
      assertThat(step)
          .as("%s", record)
          .isInstanceOfSatisfying(
              Step.Nothing.class,
              nothing -> assertThat(nothing.why()).isEqualTo(Step.Nothing.Why.UNCHANGED));
    }
    assertThat(planner.unnamed()).isEmpty();
  }

  @Provide
  Arbitrary<String> resources() {
    return Arbitraries.of(
        "allow_policies", "block_senders", "domains", "impersonation_registry", "trusted_domains");
  }

  @Provide
  Arbitrary<Mode> modes() {
    return Arbitraries.of(Mode.UPSERT, Mode.MIRROR, Mode.UPDATE);
  }

  @Provide
  Arbitrary<Origin> home() {
    return Arbitraries.of(Origin.THIS_ACCOUNT, Origin.UNKNOWN);
  }
}
