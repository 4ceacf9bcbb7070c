package io.sluice.pipeline.insight.match;

import io.sluice.catalog.pattern.IpBlock;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The patterns of many records, found by what they match: addresses and domains by their texts, IP
 * addresses in a tree of blocks, regular expressions by trying each. All are added first, then it
 * is built; from then on each thread searches with a {@link PatternSearch} of its own.
 */
public final class PatternIndex {
  private final Chains addresses = new Chains();
  private final Chains parts = new Chains();
  private final Chains domains = new Chains();
  private final BlockTree blocks = new BlockTree();
  private final List<Regex> regexes = new ArrayList<>();

  /** A regular expression of one of the records. */
  record Regex(int ordinal, RecordPattern pattern) {}

  /**
   * Adds the pattern of a record, which hits name by that number; one of an unknown type, or that
   * is no IP address, is left out.
   */
  public void add(int ordinal, RecordPattern pattern) {
    if (pattern.regex()) {
      regexes.add(new Regex(ordinal, pattern));
      return;
    }
    switch (pattern.type()) {
      case EMAIL -> {
        addresses.add(pattern.folded(), ordinal);
        addParts(ordinal, pattern.text());
      }
      case DOMAIN -> domains.add(pattern.folded(), ordinal);
      case IP -> {
        IpBlock block = IpBlock.of(pattern.folded());
        if (block != null) {
          blocks.add(block, ordinal);
        }
      }
      case UNKNOWN -> {}
    }
  }

  /** Adds each of several addresses that stand in one pattern with commas between them. */
  private void addParts(int ordinal, String text) {
    String[] each = text.indexOf(',') < 0 ? new String[0] : text.split(",", -1);
    if (Arrays.stream(each).allMatch(one -> PatternSyntax.email(one.strip()) == null)) {
      Arrays.stream(each)
          .map(one -> Spelling.folded(PatternType.EMAIL, one.strip()))
          .distinct()
          .forEach(one -> parts.add(one, ordinal));
    }
  }

  /** Makes what was added findable. */
  public void build() {
    blocks.link();
  }

  Chains addresses() {
    return addresses;
  }

  /** Addresses that stand beside others in their pattern. */
  Chains parts() {
    return parts;
  }

  Chains domains() {
    return domains;
  }

  BlockTree blocks() {
    return blocks;
  }

  List<Regex> regexes() {
    return regexes;
  }
}
