package io.sluice.catalog.pattern;

/**
 * A form in which people pass an indicator on, other than the pattern itself.
 *
 * <p>What follows from a form: whether the pattern matches more than what was written, and whether
 * what was written is a rule that blocks.
 */
public enum Form {
  /** Invisible characters. */
  UNSEEN("a text with invisible characters", Meaning.SAME),
  /** Fullwidth letters, ligatures and others that stand for plain ones. */
  COMPATIBILITY("a text with characters that stand for plain ones", Meaning.SAME),
  /** Blanks, quotes, angle brackets or a separator around it. */
  ENCLOSED("a value with quotes, brackets, blanks or a separator around it", Meaning.SAME),
  /** A comment behind it. */
  COMMENT("a value with a comment behind it", Meaning.SAME),
  /** {@code evil[.]example}, {@code hxxp://}. */
  DEFANGED("a defanged text", Meaning.SAME),
  /** A URL, or a host with a port or a path. */
  URL("a URL", Meaning.MORE),
  /** {@code mailto:}. */
  MAILTO("a mailto link", Meaning.SAME),
  /** {@code Name <a@b>}. */
  DISPLAY_NAME("an address with a name", Meaning.SAME),
  /** {@code *@d}, {@code @d}: every address of a domain. */
  ANY_ADDRESS("a wildcard for every address of a domain", Meaning.SAME),
  /** {@code *.d}, {@code .d}: every name below a domain, but not the domain. */
  SUBDOMAINS("a wildcard for subdomains", Meaning.MORE),
  /** Any other asterisk. */
  WILDCARD("a wildcard", Meaning.SAME),
  /** The dot of a fully qualified name, or of a sentence. */
  TRAILING_DOT("a value with a trailing dot", Meaning.SAME),
  /** A line of a hosts file. */
  HOSTS("a line of a hosts file", Meaning.BLOCKS),
  /** A rule of an AdBlock list. */
  ADBLOCK("an AdBlock rule", Meaning.BLOCKS),
  /** A line of a name server's configuration. */
  NAME_SERVER("a line of a name server's configuration", Meaning.BLOCKS),
  /** A range, wildcard or mask of IP addresses. */
  RANGE("a range of IP addresses", Meaning.SAME),
  /** {@code 198.51.100.007}, {@code 198.51.100.0/024}. */
  LEADING_ZEROS("an IP pattern with leading zeros", Meaning.SAME),
  /** {@code fe80::1%eth0}. */
  ZONE("an IP address with a zone", Meaning.SAME),
  /** Several patterns where one belongs. */
  SEVERAL("several values in one", Meaning.SAME),
  /** A line that holds no indicator. */
  REMARK("a comment", Meaning.SAME);

  private final String label;
  private final Meaning meaning;

  private enum Meaning {
    SAME,
    MORE,
    BLOCKS
  }

  Form(String label, Meaning meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** What such a text is, in a few words. */
  public String label() {
    return label;
  }

  /** True if the pattern that it becomes matches more than what was written. */
  public boolean widens() {
    return meaning == Meaning.MORE;
  }

  /** True if what was written is a rule that blocks. */
  public boolean blocks() {
    return meaning == Meaning.BLOCKS;
  }
}
