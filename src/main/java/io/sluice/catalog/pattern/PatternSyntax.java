package io.sluice.catalog.pattern;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.IDN;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text is a mail address, a domain name, an IP pattern or a regular expression that the
 * API takes. Every check returns what is wrong, or null. There is no list of top-level domains.
 *
 * <p>Sources: RFC 5321 and RFC 6531 for addresses, RFC 1035 and RFC 5891 for names; the refused IP
 * ranges are those that Cloudflare's public OpenAPI text names for patterns; "must be valid Java
 * expressions" is its rule for regular expressions.
 */
public final class PatternSyntax {
  private static final int LOCAL_PART = 64;
  private static final int DOMAIN = 253;
  private static final Pattern DOT_ATOM =
      Pattern.compile(
          "[\\w!#$%&'*+/=?^`{|}~\\-\\x{80}-\\x{10FFFF}]+"
              + "(\\.[\\w!#$%&'*+/=?^`{|}~\\-\\x{80}-\\x{10FFFF}]+)*");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\\\p{Cntrl}]|\\\\[ -~])+\"");
  private static final Pattern NUMERIC = Pattern.compile("[0-9]+");
  private static final IPAddressStringParameters ONE_ADDRESS_OR_BLOCK =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowMask(false)
          .allowPrefixOnly(false)
          .allowSingleSegment(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .allowLeadingZeros(false)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .getParentBuilder()
          .toParams();

  private PatternSyntax() {}

  public static @Nullable String email(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return "not an e-mail address: it has no @";
    }
    String local = text.substring(0, at);
    if (local.isEmpty()) {
      return "not an e-mail address: nothing stands before the @";
    }
    if (local.length() > LOCAL_PART) {
      return "not an e-mail address: more than 64 characters before the @";
    }
    if (!PlainName.isAtom(local)
        && !DOT_ATOM.matcher(local).matches()
        && !QUOTED.matcher(local).matches()) {
      return "not an e-mail address: '" + local + "' cannot stand before the @";
    }
    String wrong = domain(text.substring(at + 1));
    return wrong == null ? null : "not an e-mail address: " + wrong;
  }

  public static @Nullable String domain(String text) {
    if (PlainName.isDomain(text)) {
      return null;
    }
    if (text.isEmpty()) {
      return "not a domain name: it is empty";
    }
    String ascii;
    try {
      ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException notIdna) {
      return "not a domain name: a label is empty, too long, or holds a character that none may";
    }
    if (ascii.length() > DOMAIN) {
      return "not a domain name: longer than 253 characters";
    }
    String[] labels = ascii.split("\\.", -1);
    if (labels.length < 2) {
      return "not a domain name: it has no dot";
    }
    for (String label : labels) {
      if (label.isEmpty()) {
        return "not a domain name: an empty label";
      }
    }
    if (NUMERIC.matcher(labels[labels.length - 1]).matches()) {
      return "not a domain name: the last label is a number";
    }
    return null;
  }

  public static @Nullable String cidr(String text) {
    return parse(text) == null ? "not an IP address or CIDR block" : null;
  }

  /**
   * As {@link #cidr}, less the ranges from which no mail can come, and every block inside one. A
   * block that merely contains such a range is left to the API, but for the one of all addresses.
   */
  public static @Nullable String senderIp(String text) {
    IPAddress address = parse(text);
    if (address == null) {
      return "not an IP address or CIDR block";
    }
    if (address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
      return "IPv4-mapped addresses are refused; give the IPv4 address";
    }
    String range = null;
    if (Integer.valueOf(0).equals(address.getNetworkPrefixLength())) {
      range = "the block of every address";
    } else if (address.isLoopback()) {
      range = "a loopback address";
    } else if (address.isLinkLocal()) {
      range = "a link-local address";
    } else if (address.isIPv4() && address.toIPv4().isPrivate()) {
      range = "a private address";
    } else if (address.isIPv6() && address.toIPv6().isUniqueLocal()) {
      range = "a unique-local address";
    } else if (address.getLower().isZero() && !address.isMultiple()) {
      range = "the unspecified address";
    } else if (address.isIPv4() && !address.isMultiple() && address.isMax()) {
      range = "the broadcast address";
    }
    return range == null ? null : range + " cannot be a pattern";
  }

  public static @Nullable String regex(String text) {
    try {
      Pattern.compile(text);
      return null;
    } catch (PatternSyntaxException invalid) {
      return "not a Java regular expression: "
          + invalid.getDescription()
          + " near position "
          + invalid.getIndex();
    } catch (StackOverflowError tooDeep) {
      return "not a Java regular expression: nested too deeply";
    }
  }

  static @Nullable IPAddress parse(String text) {
    if (text.chars().anyMatch(c -> c <= ' ')) {
      return null; // the library would overlook outer blanks
    }
    return new IPAddressString(text, ONE_ADDRESS_OR_BLOCK).getAddress();
  }
}
