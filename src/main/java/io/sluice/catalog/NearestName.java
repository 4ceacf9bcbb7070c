package io.sluice.catalog;

import java.util.Collection;
import java.util.Locale;

/**
 * The name that exists and is most like one that does not, whatever its case, blanks, dashes and
 * underscores: what an error names so that a misspelling is seen at once.
 */
public final class NearestName {
  private static final int COMPARED = 100;

  private NearestName() {}

  /**
   * The nearest of some names; of two that are equally near, the first.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static String of(String name, Collection<String> known) {
    String nearest = null;
    double least = Double.MAX_VALUE;
    for (String candidate : known) {
      double distance = distance(name, candidate);
      if (distance < least) {
        nearest = candidate;
        least = distance;
      }
    }
    if (nearest == null) {
      throw new IllegalArgumentException("no name to compare with");
    }
    return nearest;
  }

  /** How far two names are apart, from 0 (the same) to 1 (nothing in common). */
  public static double distance(String one, String other) {
    String a = canonical(beginning(one));
    String b = canonical(beginning(other));
    // A share of the letters, so that short names are not near to everything.
    return (double) edits(a, b) / Math.max(1, Math.max(a.length(), b.length()));
  }

  /** How many letters to put in, take out or replace to turn one word into the other. */
  public static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String beginning(String name) {
    return name.substring(0, Math.min(COMPARED, name.length()));
  }

  /** The name without what is not compared: case, blanks of any kind, dashes and underscores. */
  public static String canonical(String name) {
    StringBuilder canonical = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        canonical.append(c);
      }
    }
    return canonical.toString().toLowerCase(Locale.ROOT);
  }
}
