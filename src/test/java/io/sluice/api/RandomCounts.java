package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Pages whose {@code result_info} says all sorts of things, each determined by a seed. */
final class RandomCounts {
  private static final List<String> NAMES =
      List.of(
          "count",
          "per_page",
          "total_count",
          "total_pages",
          "page",
          "",
          "per\\u005fpage",
          "\\u0063ount",
          "total_coun\\u0074",
          "Count",
          "count ",
          "pеr_page",
          "per_page\\n",
          "\\ud83e\\udd8a",
          "\\ud83e",
          "\\udd8a");

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "7",
          "20",
          "-0",
          "-1",
          "7.0",
          "7.5",
          "0.0",
          "70e-1",
          "7E0",
          "7e+1",
          "2e18",
          "1e19",
          "1e400",
          "1E-400",
          "0e999999999",
          "1e9999999999",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "00000000000000000007",
          "000000000000000000007",
          "12345678901234567890",
          "123456789012345678901",
          "0.00000000000000000000",
          "\"\"",
          "\"0\"",
          "\"7\"",
          "\"007\"",
          "\"+7\"",
          "\"-7\"",
          "\" 7\"",
          "\"7 \"",
          "\"7.\"",
          "\".7\"",
          "\"7_0\"",
          "\"0x7\"",
          "\"7L\"",
          "\"1e1\"",
          "\"\\u0037\"",
          "\"\\u0037\\u0030\"",
          "\"\\u002d7\"",
          "\"٧\"",
          "\"\\u0667\"",
          "\"７0\"",
          "\"\\ud835\\udfd5\"",
          "\"\\ud835\"",
          "\"NaN\"",
          "\"Infinity\"",
          "\"true\"",
          "\"9223372036854775807\"",
          "\"9223372036854775808\"",
          "\"00000000000000000007\"",
          "\"000000000000000000007\"",
          "\"٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٧\"",
          "true",
          "false",
          "null",
          "{}",
          "[]",
          "[7]",
          "{\"count\":7}",
          "{ \"per_page\" : [ { \"total_count\" : 3 } , \"}\" ] }");

  private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\t\r ");

  private final Random random;

  private RandomCounts(long seed) {
    this.random = new Random(seed);
  }

  /** A page that is well-formed, but for half a surrogate pair in a name. */
  static byte[] page(long seed) {
    return new RandomCounts(seed).page().getBytes(UTF_8);
  }

  private String page() {
    String result = "\"result\":" + one(List.of("null", "[]", "[{\"id\":\"a\"}]"));
    String list = blank() + result + blank();
    return "{\"success\":true,"
        + switch (random.nextInt(4)) {
          case 0 -> info() + "," + list;
          case 1 -> info() + "," + list + "," + info();
          default -> list + "," + info();
        }
        + "}";
  }

  private String info() {
    StringBuilder info = new StringBuilder("\"result_info\"" + blank() + ":" + blank());
    if (random.nextInt(20) == 0) {
      return info + one(VALUES);
    }
    info.append('{').append(blank());
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = one(random.nextInt(3) == 0 ? NAMES : NAMES.subList(0, 3));
      info.append('"').append(name).append('"').append(blank()).append(':').append(blank());
      info.append(one(VALUES)).append(blank());
      info.append(i > 1 ? "," + blank() : "");
    }
    return info.append('}').toString();
  }

  private String blank() {
    return one(BLANKS);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
