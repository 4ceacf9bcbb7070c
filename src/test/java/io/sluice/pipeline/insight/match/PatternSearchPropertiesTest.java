package io.sluice.pipeline.insight.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.insight.match.Hit.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the index finds is what comparing each pattern by itself finds. */
final class PatternSearchPropertiesTest {
  @Property(tries = 400)
  void theIndexFindsWhatEachPatternByItselfMatches(
      @ForAll("lists") List<RecordPattern> patterns, @ForAll("probes") Probe probe) {
    PatternIndex index = new PatternIndex();
    for (int i = 0; i < patterns.size(); i++) {
      index.add(i, patterns.get(i));
    }
    index.build();
    Set<String> found = new TreeSet<>();
    List<Integer> ordinals = new ArrayList<>();

    new PatternSearch(index)
        .find(
            probe,
            new PatternSearch.Visitor() {
              @Override
              public void hit(Hit hit) {
                found.add(hit.ordinal() + " " + hit.by());
                ordinals.add(hit.ordinal());
              }

              @Override
              public void undecided(int ordinal, String why) {
                found.add("undecided " + ordinal);
              }
            });

    Set<String> naive = new TreeSet<>();
    for (int i = 0; i < patterns.size(); i++) {
      By by = NaiveMatching.by(patterns.get(i), probe);
      if (by != null) {
        naive.add(i + " " + by);
      }
    }
    assertThat(found).isEqualTo(naive);
    assertThat(ordinals).doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<RecordPattern>> lists() {
    return NaiveMatching.patterns().list().ofMaxSize(30);
  }

  @Provide
  Arbitrary<Probe> probes() {
    return Arbitraries.oneOf(
        NaiveMatching.addresses().map(Probe::address),
        NaiveMatching.domains().map(Probe::domain),
        NaiveMatching.blocks().map(Probe::ip));
  }
}
