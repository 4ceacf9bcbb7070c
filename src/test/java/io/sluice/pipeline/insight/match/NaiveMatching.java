package io.sluice.pipeline.insight.match;

import io.sluice.catalog.pattern.PatternType;
import io.sluice.pipeline.insight.match.Hit.By;
import io.sluice.pipeline.insight.match.RecordPattern.Compared;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What one pattern matches, found without any index, and patterns that often meet. */
public final class NaiveMatching {
  private NaiveMatching() {}

  /** By what the pattern matches; null if it does not. */
  public static @Nullable By by(RecordPattern pattern, Probe probe) {
    String text = pattern.text().toLowerCase(Locale.ROOT);
    String asked = probe.text().toLowerCase(Locale.ROOT);
    boolean address = probe.type() == PatternType.EMAIL;
    if (pattern.regex()) {
      boolean single = probe.type() != PatternType.IP || asked.indexOf('/') < 0;
      Pattern regex = Pattern.compile(pattern.text(), Pattern.CASE_INSENSITIVE);
      String domain = asked.substring(asked.indexOf('@') + 1);
      boolean found =
          switch (probe.type()) {
            case EMAIL ->
                regex.matcher(probe.text()).find()
                    || regex.matcher(asked).find()
                    || regex.matcher(domain).find();
            case DOMAIN ->
                regex.matcher("someone@" + domain).find() || regex.matcher(domain).find();
            default -> single && regex.matcher(probe.folded()).find();
          };
      return found ? By.REGEX : null;
    } else if (probe.type() == PatternType.IP) {
      return pattern.type() == PatternType.IP ? inBlock(text, asked) : null;
    } else if (pattern.type() == PatternType.EMAIL) {
      return address && text.equals(asked) ? By.EXACT : null;
    } else if (pattern.type() == PatternType.DOMAIN) {
      String domain = asked.substring(asked.indexOf('@') + 1);
      if (domain.equals(text)) {
        return address ? By.DOMAIN : By.EXACT;
      }
      return domain.endsWith("." + text) ? By.DOMAIN : null;
    }
    return null;
  }

  private static @Nullable By inBlock(String block, String asked) {
    boolean family = block.indexOf(':') >= 0 == asked.indexOf(':') >= 0;
    if (!family || length(block) > length(asked)) {
      return null;
    }
    int rest = (block.indexOf(':') >= 0 ? 128 : 32) - length(block);
    boolean inside = number(block).shiftRight(rest).equals(number(asked).shiftRight(rest));
    return !inside ? null : length(block) == length(asked) ? By.EXACT : By.BLOCK;
  }

  private static int length(String block) {
    int slash = block.indexOf('/');
    return slash >= 0
        ? Integer.parseInt(block.substring(slash + 1))
        : block.indexOf(':') >= 0 ? 128 : 32;
  }

  private static BigInteger number(String block) {
    try {
      return new BigInteger(1, InetAddress.getByName(block.replaceAll("/.*", "")).getAddress());
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Patterns over few names, of every type. */
  public static Arbitrary<RecordPattern> patterns() {
    Arbitrary<RecordPattern> literal =
        Arbitraries.oneOf(
            addresses().map(one -> RecordPattern.literal(PatternType.EMAIL, one)),
            domains().map(one -> RecordPattern.literal(PatternType.DOMAIN, one)),
            blocks().map(one -> RecordPattern.literal(PatternType.IP, one)));
    Arbitrary<RecordPattern> regex =
        Arbitraries.of(".*@b\\.a", "^x@", "a\\.b$", "10\\.", "^b\\.a$", "[xy]@.*a", "B", "\\.b\\.")
            .map(one -> RecordPattern.regex(PatternType.EMAIL, Compared.SENDER_FIELDS, one));
    return Arbitraries.frequencyOf(Tuple.of(5, literal), Tuple.of(1, regex));
  }

  static Arbitrary<String> domains() {
    return Arbitraries.of("a", "b", "A")
        .list()
        .ofMinSize(2)
        .ofMaxSize(4)
        .map(l -> String.join(".", l));
  }

  static Arbitrary<String> addresses() {
    return Combinators.combine(Arbitraries.of("x", "y", "X"), domains()).as((l, d) -> l + "@" + d);
  }

  static Arbitrary<String> blocks() {
    Arbitrary<Integer> bytes = Arbitraries.of(0, 1, 128, 255);
    Arbitrary<String> v4 =
        Combinators.combine(bytes, bytes, Arbitraries.of(8, 9, 16, 17, 24, 31, 32))
            .as((a, b, length) -> "10." + a + "." + b + ".0" + (length == 32 ? "" : "/" + length));
    Arbitrary<String> v6 =
        Combinators.combine(
                Arbitraries.of("0", "1", "8000", "ffff"),
                Arbitraries.of("0", "1", "8000"),
                Arbitraries.of(16, 31, 32, 48, 64, 65, 127, 128))
            .as((a, b, length) -> "2001:" + a + ":0:0:" + b + "::" + "/" + length);
    return Arbitraries.oneOf(v4, v6);
  }
}
