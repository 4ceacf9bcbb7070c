package io.sluice.pipeline.insight.match;

import io.sluice.catalog.pattern.IpBlock;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * The question for matching records.
 *
 * @param type whether it is an address, a domain or an IP address or block
 * @param text as it was given
 * @param folded in the one spelling that stands for all that mean the same
 * @param domain the domain of an address, or the domain; empty for IP addresses
 * @param block the IP address or block; null for the others
 */
public record Probe(
    PatternType type, String text, String folded, String domain, @Nullable IpBlock block) {

  /** An address, which is valid. */
  public static Probe address(String address) {
    String folded = Spelling.folded(PatternType.EMAIL, address);
    String domain = folded.substring(folded.lastIndexOf('@') + 1);
    return new Probe(PatternType.EMAIL, address, folded, domain, null);
  }

  /** A domain, which is valid. */
  public static Probe domain(String domain) {
    String folded = Spelling.folded(PatternType.DOMAIN, domain);
    return new Probe(PatternType.DOMAIN, domain, folded, folded, null);
  }

  /** An IP address or block, which is valid. */
  public static Probe ip(String text) {
    String folded = Spelling.folded(PatternType.IP, text);
    return new Probe(PatternType.IP, text, folded, "", IpBlock.of(folded));
  }

  /** Whatever a pattern names that is no regular expression; null if it names nothing known. */
  public static @Nullable Probe of(RecordPattern pattern) {
    String folded = pattern.folded();
    return switch (pattern.type()) {
      case EMAIL -> folded.indexOf('@') < 0 ? null : address(pattern, folded);
      case DOMAIN -> new Probe(pattern.type(), pattern.text(), folded, folded, null);
      case IP -> {
        IpBlock block = IpBlock.of(folded);
        yield block == null ? null : new Probe(pattern.type(), pattern.text(), folded, "", block);
      }
      case UNKNOWN -> null;
    };
  }

  /**
   * True if a pattern matches some of what is asked for, and not all of it: an address or a
   * subdomain of the domain, a part of the block. What a regular expression matches is unknown.
   */
  public boolean isWiderThan(RecordPattern pattern) {
    if (pattern.regex()) {
      return false;
    }
    IpBlock all = block;
    if (all != null) {
      IpBlock other = pattern.type() == PatternType.IP ? IpBlock.of(pattern.folded()) : null;
      return other != null && all.contains(other) && !other.equals(all);
    }
    return type == PatternType.DOMAIN
        && switch (pattern.type()) {
          case EMAIL ->
              pattern.folded().endsWith("@" + domain) || pattern.folded().endsWith("." + domain);
          case DOMAIN -> pattern.folded().endsWith("." + domain);
          case IP, UNKNOWN -> false;
        };
  }

  private static Probe address(RecordPattern pattern, String folded) {
    String domain = folded.substring(folded.lastIndexOf('@') + 1);
    return new Probe(pattern.type(), pattern.text(), folded, domain, null);
  }
}
