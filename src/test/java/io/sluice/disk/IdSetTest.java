package io.sluice.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set of ids is a set, on the heap and beyond. */
final class IdSetTest {
  private static final int ON_HEAP = 1 << 12;

  @TempDir private Path directory = Path.of("");

  @Property(tries = 60)
  void itEqualsAHashSetAlsoBeyondTheHeap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20_000) int range) throws IOException {
    Path scratch = Files.createTempDirectory("ids");
    Random random = new Random(seed);
    Set<Long> expected = new HashSet<>();
    try (IdSet ids = new IdSet(scratch, ON_HEAP)) {
      for (int i = 0; i < 12_000; i++) {
        // Zero, small numbers that share low bits, and every bit.
        long id = (random.nextInt(range) - range / 2L) * (seed | 1);
        assertThat(ids.add(id)).isEqualTo(expected.add(id));
        assertThat(ids.size()).isEqualTo(expected.size());
      }
      assertThat(found(scratch)).isZero();
    }
    Files.delete(scratch);
  }

  @Test
  void idsThatShareTheirLowBitsAreToldApart() {
    try (IdSet ids = new IdSet(directory, ON_HEAP)) {
      for (long i = 1; i <= 5_000; i++) {
        assertThat(ids.add(i << 32)).isTrue();
        assertThat(ids.add(i << 32)).isFalse();
      }
      assertThat(ids.size()).isEqualTo(5_000);
    }
  }

  @Test
  void zeroIsAnIdLikeAnyOther() {
    try (IdSet ids = new IdSet(directory)) {
      assertThat(ids.add(0)).isTrue();
      assertThat(ids.add(0)).isFalse();
      assertThat(ids.size()).isEqualTo(1);
    }
  }

  @Test
  void aMillionAndMoreIdsLeaveNoFileBehind() throws IOException {
    try (IdSet ids = new IdSet(directory)) {
      for (long i = 0; i < 1_500_000; i++) {
        ids.add(i * 0x9E3779B97F4A7C15L);
      }
      assertThat(ids.size()).isEqualTo(1_500_000);
      assertThat(found(directory)).isZero();
    }
    assertThat(found(directory)).isZero();
  }

  @Test
  void aMissingDirectoryIsAnErrorOnlyWhenItIsNeeded() {
    try (IdSet ids = new IdSet(directory.resolve("missing"), ON_HEAP)) {
      assertThatThrownBy(
              () -> {
                for (long i = 0; i < ON_HEAP; i++) {
                  ids.add(i);
                }
              })
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  private static long found(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
