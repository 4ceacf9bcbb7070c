package io.sluice.pipeline.insight.match;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record that matches.
 *
 * @param ordinal which of the indexed records it is
 * @param by what makes it match
 * @param part the text that it matches
 * @param doubt what is not documented about it; null if it surely matches
 */
public record Hit(int ordinal, By by, String part, @Nullable Doubt doubt) {

  /** The ways in which a record matches. */
  public enum By {
    /** It names the same. */
    EXACT,
    /** It names the domain of the address, or a domain above it. */
    DOMAIN,
    /** It names a block in which the IP address lies. */
    BLOCK,
    /** It is a regular expression that finds something. */
    REGEX;

    /** The way as it is written in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the product's documentation leaves open. */
  public enum Doubt {
    /** It names a domain above the one that was asked for. */
    SUBDOMAIN("whether a domain covers its subdomains is not documented"),
    /** It names several addresses, as people of the impersonation registry may. */
    SEVERAL("it is one of several addresses in the record; how such are kept is not documented"),
    /** The expression finds the domain by itself, and not the address. */
    DOMAIN_ALONE(
        "it finds the domain alone: documented is that expressions are compared with the addresses"
            + " that name the sender, the IP address and the name of the sending server"),
    /** The expression finds an address at the domain that was made up. */
    MADE_UP_ADDRESS("found with a made-up address at that domain; others there may match or not"),
    /** The expression finds something if the case of letters does not matter. */
    CASE("it matches only if upper and lower case do not matter, which is not documented"),
    /** The expression finds a part of the text only. */
    PART_ONLY("whether an expression has to match the whole text is not documented");

    private final String text;

    Doubt(String text) {
      this.text = text;
    }

    /** The doubt for people. */
    public String text() {
      return text;
    }
  }
}
