package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/**
 * Damaged pages, as many as wanted, each determined by a seed: pages as the API sends them, in
 * which bytes are changed, left out, put in, repeated, or moved.
 */
final class PageMutants {
  /** What matters to somebody who reads JSON. */
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "\\\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          " ",
          "\n",
          "\t",
          "\r",
          "\0",
          "\u001f",
          "\\u",
          "\\u0064",
          "\\ud83e",
          "\\udd8a",
          "\\ud83e\\udd8a",
          "\\n",
          "\\x",
          "\"id\"",
          "\"i\\u0064\"",
          "\"id\":",
          "\"id\":null,",
          "\"id\":{},",
          "\"id\":7,",
          "\"result\":[",
          "\"result\":null,",
          "\"success\":false,",
          "\"success\":true,",
          "\"result_info\":{},",
          "\"total_count\":",
          "\"per_page\":",
          "true",
          "false",
          "null",
          "tru",
          "nul",
          "0",
          "-",
          "-0",
          "01",
          "1.",
          "1.5",
          ".5",
          "1e",
          "1e+",
          "1E-7",
          "9",
          "é",
          "中",
          "🦊",
          "\ufeff",
          "/",
          "//",
          "/*",
          "#",
          "'",
          "NaN",
          "+1",
          "\u2028",
          "\u0080",
          "\u07ff",
          "\u0800",
          "\uffff");

  private static final byte[][] BROKEN = {
    {(byte) 0x80},
    {(byte) 0xBF},
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xC1, (byte) 0xBF},
    {(byte) 0xC3},
    {(byte) 0xE0, (byte) 0x9F, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0xF0, (byte) 0x8F, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF0, (byte) 0x9F, (byte) 0xA6},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {(byte) 0xFF},
    {(byte) 0xEF, (byte) 0xBB}
  };

  private final List<byte[]> pages;

  PageMutants(List<byte[]> pages) {
    this.pages = pages;
  }

  /** The mutant of that seed. */
  byte[] mutant(long seed) {
    Random random = new Random(seed);
    byte[] page = pages.get(random.nextInt(pages.size()));
    for (int changes = 1 + random.nextInt(4) * random.nextInt(3); changes > 0; changes--) {
      page = changed(page, random);
    }
    return page;
  }

  private static byte[] changed(byte[] page, Random random) {
    int from = random.nextInt(page.length + 1);
    int span = Math.min(page.length - from, random.nextInt(random.nextInt(8) == 0 ? 64 : 4));
    return switch (random.nextInt(8)) {
      case 0 ->
          spliced(
              page, from, Math.min(page.length, from + 1), new byte[] {(byte) random.nextInt()});
      case 1 -> spliced(page, from, from + span, new byte[0]);
      case 2 -> spliced(page, from, from + span, piece(random));
      case 3 -> spliced(page, from, from, BROKEN[random.nextInt(BROKEN.length)]);
      case 4 -> spliced(page, from, from, java.util.Arrays.copyOfRange(page, from, from + span));
      case 5 -> spliced(page, between(page, from), between(page, from), piece(random));
      case 6 -> flipped(page, from, random);
      default -> spliced(page, from, from, piece(random));
    };
  }

  /** The next place where a token ends, so that a change there has a chance to be well-formed. */
  private static int between(byte[] page, int from) {
    int at = from;
    while (at < page.length && ",:{}[]".indexOf(page[at]) < 0) {
      at++;
    }
    return Math.min(at + 1, page.length);
  }

  private static byte[] flipped(byte[] page, int from, Random random) {
    byte[] flipped = page.clone();
    if (from < page.length) {
      flipped[from] = (byte) (flipped[from] ^ (1 << random.nextInt(8)));
    }
    return flipped;
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
  }

  private static byte[] spliced(byte[] page, int from, int to, byte[] between) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream(page.length + between.length);
    spliced.write(page, 0, from);
    spliced.write(between, 0, between.length);
    spliced.write(page, to, page.length - to);
    return spliced.toByteArray();
  }
}
