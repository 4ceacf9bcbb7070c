package io.sluice.catalog.pattern;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;

/**
 * A domain name that is not plain ASCII, by IDNA2008 as UTS 46 processes it: non-transitional, with
 * the rules for bidirectional names and joiners, letters, digits and hyphens alone among ASCII.
 * Hyphens in the third and fourth place are let pass, as UTS 46 advises for look-ups: names such as
 * {@code r3---sn-x.example} are in use.
 *
 * <p>The library and its tables are loaded with the first such name.
 *
 * @param ascii the name in A-labels, of use only if there is no error
 * @param unicode the name in U-labels, of use only if there is no error
 * @param errors what is wrong with it
 */
record InternationalName(String ascii, String unicode, Set<IDNA.Error> errors) {
  /** No valid name is as long, and a longer text would take the library quadratic time. */
  private static final int LONGEST = 2048;

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.USE_STD3_RULES);

  static InternationalName of(String text) {
    if (text.length() > LONGEST) {
      return new InternationalName(text, text, EnumSet.of(IDNA.Error.DOMAIN_NAME_TOO_LONG));
    }
    IDNA.Info info = new IDNA.Info();
    String ascii = UTS46.nameToASCII(text, new StringBuilder(), info).toString();
    Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
    errors.addAll(info.getErrors());
    String unicode = UTS46.nameToUnicode(text, new StringBuilder(), info).toString();
    errors.addAll(info.getErrors());
    if (errors.remove(IDNA.Error.HYPHEN_3_4) && AsciiText.hasALabel(unicode)) {
      errors.add(IDNA.Error.INVALID_ACE_LABEL);
    }
    return new InternationalName(ascii, unicode, errors);
  }

  boolean isValid() {
    return errors.isEmpty();
  }

  /** True if the label can stand in a name by itself; the rule of bidirectional names aside. */
  static boolean isLabel(String label) {
    IDNA.Info info = new IDNA.Info();
    String unicode = UTS46.labelToUnicode(label, new StringBuilder(), info).toString();
    Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
    errors.addAll(info.getErrors());
    errors.remove(IDNA.Error.HYPHEN_3_4);
    errors.remove(IDNA.Error.BIDI);
    return errors.isEmpty() && !AsciiText.hasALabel(unicode);
  }

  /** True if each joiner in the word stands where it joins or parts letters (RFC 5892). */
  static boolean joins(String word) {
    IDNA.Info info = new IDNA.Info();
    UTS46.labelToUnicode(word, new StringBuilder(), info);
    return !info.getErrors().contains(IDNA.Error.CONTEXTJ)
        && !info.getErrors().contains(IDNA.Error.LEADING_COMBINING_MARK)
        && !info.getErrors().contains(IDNA.Error.DISALLOWED);
  }

  /** True if no name can hold the character, whatever stands beside it. */
  static boolean isDisallowed(int c) {
    IDNA.Info info = new IDNA.Info();
    UTS46.labelToUnicode(Character.toString(c), new StringBuilder(), info);
    return info.getErrors().contains(IDNA.Error.DISALLOWED);
  }
}
