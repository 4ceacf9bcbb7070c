package io.sluice.catalog.pattern;

import static java.util.Locale.ROOT;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Decides if a text is a mail address, a domain name, an IP pattern or a regular expression that
 * the API takes. Every check returns what is wrong, or null. There is no list of top-level domains.
 *
 * <p>Sources: RFC 5321 and RFC 6531 for addresses, RFC 1035 and UTS 46 (non-transitional) for
 * names; the refused IP ranges are those that Cloudflare's public OpenAPI text names for patterns;
 * "must be valid Java expressions" is its rule for regular expressions.
 */
public final class PatternSyntax {
  private static final Pattern DEFANGED = Pattern.compile("^\\^?h(?:xx|XX)ps?");

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

  private static final Pattern POSIX_CLASS =
      Pattern.compile(
          "\\[:(alpha|digit|alnum|upper|lower|space|blank|punct|xdigit|word|cntrl|print|graph):]");
  private static final Map<String, String> POSIX_NAMES =
      Map.of("digit", "\\d", "space", "\\s", "word", "\\w", "xdigit", "\\p{XDigit}");

  /** An expression as Perl and JavaScript write it, with its flags. */
  private static final Pattern ENCLOSED = Pattern.compile("/(.+)/([gimsux]{1,4})");

  /**
   * Longer expressions are not compiled: the API takes none, and the time that compiling takes
   * grows with the square of the length, so that one of a megabyte would hold everything up for
   * hours.
   */
  public static final int LONGEST_REGEX = 4096;

  private PatternSyntax() {}

  /** The fault of a text as a mail address. */
  public static @Nullable String email(String text) {
    String wrong = AddressSyntax.wrong(text);
    return wrong == null ? null : "invalid e-mail address: " + wrong;
  }

  /** The fault of a text as a domain name. */
  public static @Nullable String domain(String text) {
    if (PlainName.isDomain(text) && Wildcard.withX(text) == null) {
      return null;
    }
    String wrong = DomainSyntax.wrong(text);
    return wrong == null ? null : "invalid domain: " + wrong;
  }

  /** The fault of a text as an IP address or CIDR block. */
  public static @Nullable String cidr(String text) {
    return parse(text) == null ? notAnAddress(text) : null;
  }

  /**
   * As {@link #cidr}, less the ranges from which no mail can come, and every block inside one. A
   * block that merely contains such a range is left to the API, but for the one of all addresses.
   */
  public static @Nullable String senderIp(String text) {
    IPAddress address = parse(text);
    if (address == null) {
      return notAnAddress(text);
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

  /** Why no URL can match an expression, sound as it is; null if one may. */
  public static @Nullable String matchesNoUrl(String text) {
    if (text.indexOf(' ') >= 0) {
      return "no URL holds a blank, so this matches none: remove it, and the comment behind it if there"
          + " is one";
    } else if (DEFANGED.matcher(text).find()) {
      return "no URL begins with hxxp, as in a defanged link: write http";
    }
    return null;
  }

  /** The fault of a text as a Java regular expression for URLs. */
  public static @Nullable String urlExpression(String text) {
    String wrong = regex(text);
    return wrong != null && text.startsWith("*")
        ? wrong + "; for any text write .* in place of *, and \\. for a dot"
        : wrong;
  }

  /**
   * What is wrong with a text that is to be a Java regular expression. One that holds a character
   * that cannot be seen matches no sender that a person would write; dashes and quotation marks are
   * left alone, since an expression may look for them.
   */
  public static @Nullable String regex(String text) {
    String unseen = InvisibleCharacter.reasonInRegex(text);
    if (unseen != null) {
      return "not a sound regular expression: " + unseen;
    }
    if (text.length() > LONGEST_REGEX) {
      return "not a regular expression that can be tried: longer than "
          + LONGEST_REGEX
          + " characters";
    }
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

  /**
   * Why an expression for senders means something else to Java than in the dialect that it was
   * written in; null if it does not.
   */
  public static @Nullable String otherDialect(String text) {
    Matcher posix = POSIX_CLASS.matcher(text);
    if (posix.find()) {
      String name = posix.group(1);
      return posix.group()
          + " is a class of POSIX, which Java reads as these characters: write "
          + POSIX_NAMES.getOrDefault(
              name, "\\p{" + name.substring(0, 1).toUpperCase(ROOT) + name.substring(1) + "}");
    }
    Matcher enclosed = ENCLOSED.matcher(text);
    return enclosed.matches()
        ? "the slashes and what follows them are no part of a Java regular expression, which looks"
            + " for them in the text: write "
            + (enclosed.group(2).indexOf('i') < 0 ? "" : "(?i)")
            + enclosed.group(1)
        : null;
  }

  /**
   * What is wrong with a text that is to be a regular expression of blocked content, whose syntax
   * is a part of Java's.
   */
  public static @Nullable String contentExpression(String text) {
    String unseen = InvisibleCharacter.reasonInRegex(text);
    String wrong = unseen == null ? ContentExpression.wrong(text) : unseen;
    return wrong == null ? null : "not a regular expression of blocked content: " + wrong;
  }

  private static String notAnAddress(String text) {
    String reason = InvisibleCharacter.reason(text);
    if (reason == null) {
      reason = TypesetCharacter.reason(text);
    }
    if (reason == null && text.indexOf('*') >= 0) {
      reason = Wildcard.inIp(text);
    }
    if (reason == null) {
      reason = LeadingZeros.reason(text);
    }
    return "not an IP address or CIDR block" + (reason == null ? "" : ": " + reason);
  }

  static @Nullable IPAddress parse(String text) {
    int slash = text.lastIndexOf('/');
    if (text.chars().anyMatch(c -> c <= ' ' || c > '~')
        || (slash >= 0 && text.startsWith("0", slash + 1) && slash + 2 < text.length())) {
      return null; // the library would overlook outer blanks, and zeros before a length
    }
    return new IPAddressString(text, ONE_ADDRESS_OR_BLOCK).getAddress();
  }
}
