package io.sluice.catalog.pattern;

/** Finds labels that look like A-labels, without loading what it takes to decode them. */
final class ALabels {
  private static final String PREFIX = "xn--";

  private ALabels() {}

  /** True if a label of the name begins with {@code xn--}, in any case. */
  static boolean in(String name) {
    for (int at = 0; at >= 0; at = next(name, at)) {
      if (name.regionMatches(true, at, PREFIX, 0, PREFIX.length())) {
        return true;
      }
    }
    return false;
  }

  private static int next(String name, int at) {
    int dot = name.indexOf('.', at);
    return dot < 0 ? -1 : dot + 1;
  }
}
