package io.sluice.pipeline.insight.match;

import io.sluice.catalog.pattern.IpBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The patterns of many records, found by what they match: addresses and domains by their texts, IP
 * addresses in a tree of blocks, regular expressions by trying each. All are added first, then it
 * is built; from then on each thread searches with a {@link PatternSearch} of its own.
 */
public final class PatternIndex {
  private final Chains addresses = new Chains();
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
      case EMAIL -> addresses.add(pattern.folded(), ordinal);
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

  /** Makes what was added findable. */
  public void build() {
    blocks.link();
  }

  Chains addresses() {
    return addresses;
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
