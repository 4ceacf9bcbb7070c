package io.sluice.catalog.pattern;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a mail address. */
final class AddressSyntax {
  private static final int LOCAL_PART = 64;
  private static final String ATOM = "[\\w!#$%&'+/=?^`{|}~\\-\\x{80}-\\x{10FFFF}]+";
  private static final Pattern DOT_ATOM = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\\\p{Cntrl}]|\\\\[ -~])+\"");
  private static final String MARKS = "!#$%&'+/=?^_`{|}~-.";

  private AddressSyntax() {}

  /** The fault of the address, in words; null if nothing is. */
  static @Nullable String wrong(String text) {
    int at = text.lastIndexOf('@');
    if (at > 0
        && at <= LOCAL_PART
        && PlainName.isAtom(text.substring(0, at))
        && PlainName.isDomain(text.substring(at + 1))) {
      return null;
    }
    String pasted = pasted(text, at);
    if (pasted != null) {
      return pasted;
    } else if (at < 0) {
      return "it has no @";
    } else if (text.startsWith("%@")) {
      return Wildcard.percent(text);
    } else if (text.indexOf('*') >= 0) {
      return Wildcard.inAddress(text);
    }
    String wrong = wrongLocalPart(text.substring(0, at));
    return wrong == null ? wrongDomain(text.substring(at + 1)) : wrong;
  }

  private static @Nullable String wrongDomain(String domain) {
    return domain.isEmpty() ? "the domain is empty" : PatternSyntax.domain(domain);
  }

  /** Looks at the whole address, so that positions are counted from its beginning. */
  private static @Nullable String pasted(String text, int at) {
    String unseen = InvisibleCharacter.reason(text.substring(0, at + 1));
    if (unseen == null) {
      unseen = InvisibleCharacter.reasonInName(text);
    }
    return unseen == null ? TypesetCharacter.reason(text) : unseen;
  }

  private static @Nullable String wrongLocalPart(String local) {
    if (local.isEmpty()) {
      return "nothing stands before the @";
    } else if (local.length() > LOCAL_PART) {
      return "more than 64 characters before the @";
    } else if (PlainName.isAtom(local)
        || DOT_ATOM.matcher(local).matches()
        || QUOTED.matcher(local).matches()) {
      return null;
    }
    String misfit = local.indexOf('"') < 0 ? misfit(local) : null;
    return misfit == null ? "'" + local + "' cannot stand before the @" : misfit;
  }

  private static @Nullable String misfit(String local) {
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c < 0x80 && !AsciiText.isAlphanumeric(c) && MARKS.indexOf(c) < 0) {
        return CodePoint.placed(local, i) + " cannot stand before the @";
      }
    }
    return null;
  }
}
