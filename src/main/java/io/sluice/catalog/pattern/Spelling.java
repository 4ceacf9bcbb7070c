package io.sluice.catalog.pattern;

import inet.ipaddr.IPAddress;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the one spelling that stands for all spellings of an address, a name or an IP pattern. What
 * is folded once stays as it is when it is folded again. A text that is no valid name joins no
 * other: it keeps every character but for the case of its ASCII letters.
 */
public final class Spelling {
  private Spelling() {}

  /**
   * The one spelling: domains in A-labels (IDNA2008 by UTS 46, non-transitional), the part before
   * the {@code @} letter by letter in lower case and in Unicode's NFC, IP patterns in canonical
   * form, one address as the address and not as a block. Letters that only look alike stay apart
   * before the {@code @}: the Kelvin sign is no k, and a final sigma no sigma.
   */
  public static String folded(PatternType type, String text) {
    return switch (type) {
      case EMAIL -> email(text);
      case DOMAIN -> domain(text);
      case IP -> ip(text);
      case UNKNOWN -> text.toLowerCase(Locale.ROOT);
    };
  }

  /**
   * The one spelling of a person's or a list's name: lower case, in NFC, so that it does not matter
   * whether an accent is part of its letter or comes after it. Nothing is dropped: scripts need
   * joiners, and names have their own dashes and quotation marks.
   */
  public static String name(String text) {
    if (AsciiText.is(text)) {
      return AsciiText.lowered(text);
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /**
   * The spellings under which the same pattern may be found: as it is given, as it is folded, and
   * with its domain in U-labels.
   */
  public static Set<String> usual(PatternType type, String text) {
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(text);
    String folded = folded(type, text);
    spellings.add(folded);
    if (type == PatternType.EMAIL || type == PatternType.DOMAIN) {
      int domain = type == PatternType.EMAIL ? folded.lastIndexOf('@') + 1 : 0;
      String name = folded.substring(domain);
      if (AsciiText.is(name) && AsciiText.hasALabel(name)) {
        InternationalName known = InternationalName.of(name);
        if (known.isValid()) {
          spellings.add(folded.substring(0, domain) + known.unicode());
        }
      }
    }
    return spellings;
  }

  private static String email(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? localPart(text)
        : localPart(text.substring(0, at)) + "@" + domain(text.substring(at + 1));
  }

  /** Each letter by itself, since what stands around it makes no other address of one. */
  private static String localPart(String text) {
    if (AsciiText.is(text)) {
      return AsciiText.lowered(text);
    }
    StringBuilder folded = new StringBuilder(text.length());
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      int lower = Character.toLowerCase(c);
      boolean alone = c > 0x7F && (lower <= 0x7F || AsciiText.is(composed(Character.toString(c))));
      if (alone) {
        folded.append(composed(run)).appendCodePoint(c);
        run.setLength(0);
      } else {
        run.appendCodePoint(lower);
      }
    }
    return folded.append(composed(run)).toString();
  }

  private static String composed(CharSequence text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** An ASCII name is its own ASCII form, even where it is no legal name. */
  private static String domain(String text) {
    if (AsciiText.is(text) || InvisibleCharacter.isIn(text)) {
      return AsciiText.lowered(text);
    }
    InternationalName name = InternationalName.of(text);
    return name.isValid() && MappedCharacter.reason(text, name) == null
        ? name.ascii()
        : AsciiText.lowered(text);
  }

  /** One address is the same as the block of that one address. */
  private static String ip(String text) {
    IPAddress address = PatternSyntax.parse(text);
    if (address == null) {
      return AsciiText.lowered(text);
    }
    Integer prefix = address.getNetworkPrefixLength();
    boolean single = prefix == null || prefix == address.getBitCount();
    return single
        ? address.withoutPrefixLength().toCanonicalString()
        : address.toPrefixBlock().toCanonicalString();
  }
}
