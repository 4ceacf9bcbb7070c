package io.sluice.catalog.pattern;

import com.ibm.icu.text.IDNA;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a domain name that is not evidently right. */
final class DomainSyntax {
  private static final int LABEL = 63;
  private static final int NAME = 253;
  private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private DomainSyntax() {}

  /** The fault of the name, in words; null if nothing is. */
  static @Nullable String wrong(String text) {
    if (text.isEmpty()) {
      return "it is empty";
    } else if (text.indexOf('*') >= 0) {
      return Wildcard.inDomain(text);
    }
    String unseen = InvisibleCharacter.reasonInName(text);
    if (unseen != null) {
      return unseen;
    }
    String typeset = TypesetCharacter.reason(text);
    if (typeset != null) {
      return typeset;
    }
    if (AsciiText.is(text) && !AsciiText.hasALabel(text)) {
      String misfit = asciiMisfit(text);
      return misfit == null ? wrongLabels(text) : misfit;
    }
    return wrongInternational(text);
  }

  private static @Nullable String wrongInternational(String text) {
    InternationalName name = InternationalName.of(text);
    if (!name.isValid()) {
      return reason(text, name.errors());
    }
    String typeset = TypesetCharacter.reason(name.unicode());
    if (typeset != null) {
      return "decoded it reads '" + name.unicode() + "': " + typeset;
    }
    String wrong = wrongLabels(name.ascii());
    return wrong == null ? MappedCharacter.reason(text, name) : wrong;
  }

  /** The rules of every name, once it is in ASCII. */
  private static @Nullable String wrongLabels(String ascii) {
    String[] labels = ascii.split("\\.", -1);
    if (labels.length < 2) {
      return "it has no dot";
    } else if (labels[0].isEmpty()) {
      return "an empty label: a dot at its beginning";
    } else if (labels[labels.length - 1].isEmpty()) {
      return "an empty label: a dot at its end";
    }
    for (String label : labels) {
      String wrong = wrongLabel(label);
      if (wrong != null) {
        return wrong;
      }
    }
    if (ascii.length() > NAME) {
      return tooLong();
    }
    return NUMERIC.matcher(labels[labels.length - 1]).matches()
        ? "the last label is a number"
        : Wildcard.withX(ascii);
  }

  private static @Nullable String wrongLabel(String label) {
    if (label.isEmpty()) {
      return "an empty label: two dots in a row";
    } else if (label.length() > LABEL) {
      return "a label is longer than 63 characters";
    } else if (label.startsWith("-")) {
      return "a label begins with a hyphen";
    }
    return label.endsWith("-") ? "a label ends with a hyphen" : null;
  }

  private static String reason(String text, Set<IDNA.Error> errors) {
    if (errors.contains(IDNA.Error.DISALLOWED)) {
      return disallowed(text);
    } else if (errors.contains(IDNA.Error.PUNYCODE)
        || errors.contains(IDNA.Error.INVALID_ACE_LABEL)
        || errors.contains(IDNA.Error.LABEL_HAS_DOT)) {
      return invalidLabel(text);
    } else if (errors.contains(IDNA.Error.LEADING_COMBINING_MARK)) {
      return "a label begins with a combining mark, which belongs after a letter";
    } else if (errors.contains(IDNA.Error.CONTEXTJ)) {
      return joiner(text);
    } else if (errors.contains(IDNA.Error.EMPTY_LABEL)) {
      return "an empty label";
    } else if (errors.contains(IDNA.Error.LEADING_HYPHEN)) {
      return "a label begins with a hyphen";
    } else if (errors.contains(IDNA.Error.TRAILING_HYPHEN)) {
      return "a label ends with a hyphen";
    } else if (errors.contains(IDNA.Error.LABEL_TOO_LONG)) {
      return "a label is longer than 63 characters in its ASCII form";
    } else if (errors.contains(IDNA.Error.DOMAIN_NAME_TOO_LONG)) {
      return tooLong();
    } else if (errors.contains(IDNA.Error.BIDI)) {
      return "letters of both writing directions, or digits, stand where a name must not have them";
    }
    return "IDNA does not allow it (" + errors + ")";
  }

  private static String tooLong() {
    return "longer than 253 characters";
  }

  private static String disallowed(String text) {
    String misfit = asciiMisfit(text);
    if (misfit != null) {
      return misfit;
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c > '~' && InternationalName.isDisallowed(c)) {
        return misfit(text, i);
      }
    }
    return invalidLabel(text);
  }

  /** The first ASCII character that is no letter, digit, hyphen or dot. */
  private static @Nullable String asciiMisfit(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && c != '.' && c != '-' && !AsciiText.isAlphanumeric(c)) {
        return misfit(text, i);
      }
    }
    return null;
  }

  private static String misfit(String text, int index) {
    return CodePoint.placed(text, index) + " cannot stand in one";
  }

  private static String invalidLabel(String text) {
    for (String label : text.split("[.\u3002\uFF0E\uFF61]", -1)) {
      if (AsciiText.hasALabel(label) && !InternationalName.isLabel(label)) {
        return "'" + label + "' is not a valid A-label: it does not decode to a valid label";
      }
    }
    return "a label holds a character that none may";
  }

  private static String joiner(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (InvisibleCharacter.isJoiner(text.charAt(i))) {
        return CodePoint.placed(text, i)
            + " cannot be seen, and does not stand between letters that it joins: remove it";
      }
    }
    return "a joiner does not stand between letters that it joins";
  }
}
