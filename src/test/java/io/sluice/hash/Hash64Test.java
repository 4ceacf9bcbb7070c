package io.sluice.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What differs has another hash, under whatever key, and a hash is the same wherever it is taken.
 */
final class Hash64Test {
  @Test
  void bytesHaveOneHashWhereverTheyLie() {
    Hash64 hash = Hash64.keyed(7);
    byte[] text = "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length <= text.length; length++) {
      long expected = hash.of(text, 0, length);
      for (int before = 0; before < 9; before++) {
        for (int behind = 0; behind < 9; behind++) {
          byte[] around = new byte[before + length + behind];
          Arrays.fill(around, (byte) '#');
          System.arraycopy(text, 0, around, before, length);
          assertThat(hash.of(around, before, before + length)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void everyBitAndTheLengthCount() {
    Hash64 hash = Hash64.random();
    Set<Long> hashes = new HashSet<>();
    int count = 0;
    for (int length = 0; length < 40; length++) {
      assertThat(hashes.add(hash.of(new byte[length], 0, length))).isTrue();
      for (int bit = 0; bit < 8 * length; bit++) {
        byte[] bytes = new byte[length];
        bytes[bit / 8] = (byte) (1 << (bit % 8));
        assertThat(hashes.add(hash.of(bytes, 0, length))).isTrue();
        count++;
      }
    }
    assertThat(hashes).hasSize(count + 40).doesNotContain(0L);
  }

  /** A weak step would let two differences cancel each other under every key. */
  @Test
  void differencesInTwoWordsDoNotCancel() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      Hash64 hash = Hash64.keyed(random.nextLong());
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      Set<Long> hashes = new HashSet<>(List.of(hash.of(bytes, 0, 16)));
      for (int first = 0; first < 64; first++) {
        for (int second = 64; second < 128; second++) {
          byte[] other = bytes.clone();
          flip(other, first);
          flip(other, second);
          assertThat(hashes.add(hash.of(other, 0, 16))).isTrue();
        }
      }
    }
  }

  private static void flip(byte[] bytes, int bit) {
    bytes[bit / 8] = (byte) (bytes[bit / 8] ^ (1 << (bit % 8)));
  }

  @Test
  void textsAndListsOfTextsAreToldApart() {
    Hash64 hash = Hash64.random();
    Set<Long> hashes = new HashSet<>();
    List<String> texts =
        List.of("", "\0", "a", "b", "abcd", "abce", "abcde", "abcdefgh", "é", "\ud83e");
    for (String one : texts) {
      assertThat(hashes.add(hash.of(one))).isTrue();
      for (String other : texts) {
        assertThat(hashes.add(hash.of(List.of(one, other)))).isTrue();
      }
    }
    assertThat(hash.of(List.of("ab", "c"))).isNotEqualTo(hash.of(List.of("a", "bc")));
  }

  @Test
  void anotherKeyGivesOtherHashes() {
    assertThat(Hash64.keyed(1).of("a")).isNotEqualTo(Hash64.keyed(2).of("a"));
    assertThat(Hash64.keyed(1).of("a")).isEqualTo(Hash64.keyed(1).of("a"));
    assertThat(Hash64.colliding(0).of("a")).isEqualTo(Hash64.colliding(0).of("b")).isNotZero();
  }
}
